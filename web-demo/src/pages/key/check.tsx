// Verify a signature or a MAC. KMS refuses what does not fit, in AWS's words.
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { fromBase64, isBase64 } from '../../kms/bytes';
import { ActionForm } from '../../parts/action-form';
import { AlgorithmSelect } from '../../parts/algorithm-select';
import { Base64Field } from '../../parts/base64-field';
import { useDryRun } from '../../parts/dry-run';
import { MessageField, bytesOf, type Message } from '../../parts/message-field';
import { useAct } from '../../shell/notifications';
import type { KeyMetadata } from '../../world/operations';
import type { Scheme } from './schemes-config';

export interface Claim<Algorithm extends string> {
  message: Message;
  /** A signature or MAC in base64. */
  made: string;
  algorithm: Algorithm;
}

interface Props<Algorithm extends string> {
  metadata: KeyMetadata;
  scheme: Scheme<Algorithm>;
  claim: Claim<Algorithm>;
  onChange(change: Partial<Claim<Algorithm>>): void;
}

export function Check<Algorithm extends string>({ metadata, scheme, claim, onChange }: Props<Algorithm>) {
  const { act, busy, refused, told } = useAct();
  const dry = useDryRun();
  /** The claim that was found valid; another claim was not. */
  const [valid, setValid] = useState<Claim<Algorithm>>();
  const { message, made, algorithm } = claim;
  const bytes = bytesOf(message);

  const check = async () => {
    setValid(undefined);
    const sound = bytes && (await act((call) => scheme.check(call, { KeyId: metadata.KeyId, Message: bytes, ...dry.input }, fromBase64(made), algorithm)));
    if (sound) setValid(claim);
  };

  return (
    <ActionForm
      info={scheme.topic}
      title={scheme.words.check}
      action={scheme.words.check}
      busy={busy}
      disabled={!bytes || !isBase64(made)}
      refused={refused}
      told={told}
      onSubmit={() => void check()}
      result={valid === claim && <StatusIndicator>{scheme.words.valid}</StatusIndicator>}
    >
      <MessageField label={scheme.words.checkedMessage} value={message} onChange={(message) => onChange({ message })} />
      <Base64Field label={scheme.words.made} value={made} onChange={(made) => onChange({ made })} />
      <AlgorithmSelect algorithms={scheme.algorithms(metadata)} value={algorithm} onChange={(algorithm) => onChange({ algorithm })} />
      {dry.box}
    </ActionForm>
  );
}
