// An operation that has no page of its own elsewhere: what it does, where it is used, and a call by hand.
import Textarea from '@cloudscape-design/components/textarea';
import FormField from '@cloudscape-design/components/form-field';
import { useMemo, useState } from 'react';
import { ActionForm } from '../../../parts/action-form';
import { Output } from '../../../parts/bytes';
import { useKeys } from '../../../parts/key-select';
import { Section } from '../../../parts/section';
import { useAct } from '../../../shell/notifications';
import { allOperations } from '../../../words-of-all-operations';
import { usePlace } from '../../../world/context';
import type { Operation } from '../../../world/operations';
import { Spots } from '../overview/overview';
import { WHERE } from '../overview/where-config';
import { Topic } from '../topic';
import { exampleOf } from './examples-config';
import { readRequest, writtenReply } from './json';

const { byHand } = allOperations;

export function OperationPage({ operation }: { operation: Operation }) {
  return (
    <Topic said={{ title: operation, text: allOperations.does[operation] }}>
      <Section title={byHand.where}>
        <Spots spots={WHERE[operation]} />
      </Section>
      <ByHand operation={operation} />
    </Topic>
  );
}

function ByHand({ operation }: { operation: Operation }) {
  const { act, busy, refused, told } = useAct();
  const { caller } = usePlace();
  const { key, loading } = useKeys(undefined);
  const example = useMemo(() => JSON.stringify(exampleOf(operation, key?.id ?? '', caller), null, 2), [operation, key?.id, caller]);
  const [typed, setTyped] = useState<string>();
  const [reply, setReply] = useState<string>();
  const text = typed ?? example;
  const { input, fault } = useMemo(() => readRequest(text), [text]);

  const run = async () => {
    if (!input) return;
    setReply(undefined);
    const made = await act((call) => call(operation, input as never));
    if (made !== undefined) setReply(writtenReply(made));
  };

  return (
    <ActionForm
      title={byHand.title}
      action={byHand.action(operation)}
      busy={busy}
      disabled={!input || loading}
      refused={refused}
      told={told}
      onSubmit={() => void run()}
      result={reply !== undefined && <Output label={byHand.reply} name={byHand.reply} text={reply} />}
    >
      <FormField label={byHand.input} description={byHand.text} errorText={fault} stretch>
        <div className="policy">
          <Textarea ariaLabel={byHand.input} value={text} rows={10} spellcheck={false} onChange={({ detail }) => setTyped(detail.value)} />
        </div>
      </FormField>
    </ActionForm>
  );
}
