// A data key of which nobody sees the plaintext before somebody has it decrypted.
import { useState } from 'react';
import { ActionForm } from '../../../parts/action-form';
import { Bytes } from '../../../parts/bytes';
import { ContextEditor } from '../../../parts/context-editor';
import { useDryRun } from '../../../parts/dry-run';
import { Halves } from '../../../parts/halves';
import { valuesOf, type Pair } from '../../../parts/pairs';
import { useAct } from '../../../shell/notifications';
import { teaching } from '../../../words-of-teaching';
import { ContextField } from '../../key/context-field';
import { SYMMETRIC, useKeyChoice } from '../key-choice';
import { Topic } from '../topic';
import { Unwrap, type Wrapped } from './unwrap';

const { withoutPlaintext } = teaching;

export default function WithoutPlaintext() {
  const [wrapped, setWrapped] = useState<Wrapped>();
  return (
    <Topic said={withoutPlaintext}>
      <Halves>
        <Generate onMade={setWrapped} />
        <Unwrap said={withoutPlaintext.unwrap} wrapped={wrapped} />
      </Halves>
    </Topic>
  );
}

function Generate({ onMade }: { onMade(wrapped: Wrapped | undefined): void }) {
  const { act, busy, refused, told } = useAct();
  const dry = useDryRun();
  const { metadata, field } = useKeyChoice(SYMMETRIC);
  const [context, setContext] = useState<Pair[]>([]);
  const [blob, setBlob] = useState<Uint8Array>();

  const generate = async () => {
    if (!metadata) return;
    setBlob(undefined);
    onMade(undefined);
    const EncryptionContext = valuesOf(context);
    const input = { KeyId: metadata.KeyId, KeySpec: 'AES_256' as const, EncryptionContext, ...dry.input };
    const made = await act((call) => call('GenerateDataKeyWithoutPlaintext', input));
    if (!made) return;
    setBlob(made.CiphertextBlob);
    onMade({ keyId: made.KeyId, blob: made.CiphertextBlob, context: EncryptionContext });
  };

  return (
    <ActionForm
      title={withoutPlaintext.generate.title}
      action={withoutPlaintext.generate.action}
      busy={busy}
      disabled={!metadata}
      refused={refused}
      told={told}
      onSubmit={() => void generate()}
      result={blob && <Bytes label={teaching.wrapped} bytes={blob} />}
    >
      {field}
      <ContextField>
        <ContextEditor pairs={context} onChange={setContext} />
      </ContextField>
      {dry.box}
    </ActionForm>
  );
}
