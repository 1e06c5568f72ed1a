// Whoever needs a wrapped key has it decrypted: this is a call of its own, with a permission of its own.
import { useEffect, useState } from 'react';
import { toText } from '../../../kms/bytes';
import { ActionForm } from '../../../parts/action-form';
import { Bytes, Output } from '../../../parts/bytes';
import { useDryRun } from '../../../parts/dry-run';
import { useAct } from '../../../shell/notifications';

/** A key as KMS has encrypted it. */
export interface Wrapped {
  keyId: string;
  blob: Uint8Array;
  context: Record<string, string>;
}

interface Props {
  said: { title: string; text: string; action: string; result: string };
  wrapped: Wrapped | undefined;
  /** Whether a plaintext that is a text is shown as one. */
  asText?: boolean;
  onUnwrapped?(plaintext: Uint8Array): void;
}

export function Unwrap({ said, wrapped, asText = false, onUnwrapped }: Props) {
  const { act, busy, refused, told } = useAct();
  const dry = useDryRun();
  const [plaintext, setPlaintext] = useState<Uint8Array>();
  useEffect(() => setPlaintext(undefined), [wrapped]);

  const unwrap = async () => {
    if (!wrapped) return;
    const { keyId, blob, context } = wrapped;
    setPlaintext(undefined);
    const reply = await act((call) => call('Decrypt', { KeyId: keyId, CiphertextBlob: blob, EncryptionContext: context, ...dry.input }));
    if (!reply?.Plaintext) return;
    setPlaintext(reply.Plaintext);
    onUnwrapped?.(reply.Plaintext);
  };

  const text = asText && plaintext ? toText(plaintext) : undefined;
  const bytes = plaintext && <Bytes label={said.result} bytes={plaintext} />;
  return (
    <ActionForm
      title={said.title}
      action={said.action}
      busy={busy}
      disabled={!wrapped}
      refused={refused}
      told={told}
      onSubmit={() => void unwrap()}
      result={text === undefined ? bytes : <Output label={said.result} name={said.result} text={text} />}
    >
      {said.text}
      {dry.box}
    </ActionForm>
  );
}
