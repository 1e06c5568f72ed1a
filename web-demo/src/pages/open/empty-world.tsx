// An empty world in the place of the person's own, after a question.
import Alert from '@cloudscape-design/components/alert';
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { ActionForm } from '../../parts/action-form';
import { Confirm } from '../../parts/confirm';
import { useBeginHere } from '../../shell/visiting/begin';
import { words } from '../../words';

const { empty: text } = words.open;

const LONGEST = 200;

export function EmptyWorld() {
  const [seeded, setSeeded] = useState(false);
  const [seed, setSeed] = useState('');
  const [fault, setFault] = useState<string>();
  const [asking, setAsking] = useState(false);
  const ask = () => {
    const fault = seeded ? faultOf(seed) : undefined;
    setFault(fault);
    setAsking(fault === undefined);
  };
  return (
    <>
      <ActionForm title={text.title} action={text.action} busy={false} refused={undefined} result={null} onSubmit={ask}>
        <Checkbox checked={seeded} description={text.seededText} onChange={({ detail }) => setSeeded(detail.checked)}>
          {text.seeded}
        </Checkbox>
        {seeded && (
          <FormField label={text.seed} description={text.seedText} errorText={fault}>
            <Input value={seed} onChange={({ detail }) => setSeed(detail.value)} />
          </FormField>
        )}
      </ActionForm>
      {asking && <Asking seed={seeded ? seed : undefined} onDismiss={() => setAsking(false)} />}
    </>
  );
}

function Asking({ seed, onDismiss }: { seed: string | undefined; onDismiss: () => void }) {
  const { begin, busy, refused } = useBeginHere();
  const confirm = async () => {
    const begun = await begin(seed === undefined ? { kind: 'empty' } : { kind: 'empty', seed }, text.done);
    if (begun) onDismiss();
  };
  return (
    <Confirm title={text.ask} action={text.action} busy={busy} refused={refused} onDismiss={onDismiss} onConfirm={() => void confirm()}>
      <Alert type="warning">{text.warning}</Alert>
    </Confirm>
  );
}

function faultOf(seed: string): string | undefined {
  if (seed === '') return text.noSeed;
  return seed.length > LONGEST ? text.tooLong(LONGEST) : undefined;
}
