// Step 4: a call with the attestation document of an enclave, or without one.
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { ActionForm } from '../../../parts/action-form';
import { Bytes } from '../../../parts/bytes';
import { useDryRun } from '../../../parts/dry-run';
import { MessageField, NO_MESSAGE, bytesOf } from '../../../parts/message-field';
import { useAct } from '../../../shell/notifications';
import { recipientWords } from '../../../words-of-recipient';
import { useClient } from '../../../world/context';
import type { RunningEnclave } from '../../../world/enclaves';
import { SYMMETRIC, useKeyChoice } from '../key-choice';
import { ASKINGS, type Asking } from './asked';
import { useEnclave } from './enclave-select';

const { ask } = recipientWords;

/** An answer for an enclave. */
export interface Sealed {
  bytes: Uint8Array;
}

interface Props {
  enclaves: readonly RunningEnclave[];
  /** The key that is chosen at first. */
  preferred: string | undefined;
  onSealed(sealed: Sealed | undefined): void;
}

interface Replied {
  asking: Asking;
  plaintext: Uint8Array | undefined;
  sealed: Uint8Array | undefined;
}

export function Ask({ enclaves, preferred, onSealed }: Props) {
  const client = useClient();
  const { act, busy, refused, told } = useAct();
  const dry = useDryRun();
  const [asking, setAsking] = useState<Asking>(ASKINGS[0] as Asking);
  const { enclave, field } = useEnclave(ask.who, enclaves, ask.nobody);
  const { metadata, field: keyField } = useKeyChoice(asking.key ?? SYMMETRIC, preferred);
  const [message, setMessage] = useState(NO_MESSAGE);
  const [replied, setReplied] = useState<Replied>();
  const bytes = bytesOf(message);
  const takesMessage = asking.operation === 'Decrypt';

  const run = async () => {
    if (!bytes) return;
    setReplied(undefined);
    onSealed(undefined);
    const answer = await act(async (call) => {
      const recipient = enclave ? { Recipient: await client.recipient(enclave.id) } : {};
      return asking.ask(call, metadata, bytes, { ...recipient, ...dry.input });
    });
    if (!answer) return;
    setReplied({ asking, ...answer });
    onSealed(answer.sealed && { bytes: answer.sealed });
  };

  return (
    <ActionForm
      title={ask.title}
      action={ask.action(asking.operation)}
      busy={busy}
      disabled={!bytes || (asking.key !== undefined && !metadata)}
      refused={refused}
      told={told}
      onSubmit={() => void run()}
      result={replied && <Reply {...replied} />}
    >
      <FormField label={ask.operation}>
        <Select
          selectedOption={{ value: asking.operation, label: asking.operation }}
          options={ASKINGS.map(({ operation }) => ({ value: operation, label: operation }))}
          onChange={({ detail }) => setAsking(ASKINGS.find(({ operation }) => operation === detail.selectedOption.value) ?? asking)}
        />
      </FormField>
      {asking.key && keyField}
      {takesMessage && ask.messageText}
      {takesMessage && <MessageField label={ask.message} value={message} onChange={setMessage} />}
      {field}
      {asking.key && dry.box}
    </ActionForm>
  );
}

function Reply({ asking: { member }, plaintext, sealed }: Replied) {
  return (
    <SpaceBetween size="s">
      {plaintext ? <Bytes label={ask.plaintext(member)} bytes={plaintext} /> : ask.noPlaintext(member)}
      {sealed && <Bytes label={ask.sealed} bytes={sealed} />}
    </SpaceBetween>
  );
}
