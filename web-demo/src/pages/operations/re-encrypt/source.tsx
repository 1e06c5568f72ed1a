// Step 1: a ciphertext under the key that it is to leave.
import { useState } from 'react';
import { ActionForm } from '../../../parts/action-form';
import { Bytes } from '../../../parts/bytes';
import { ContextEditor } from '../../../parts/context-editor';
import { useDryRun } from '../../../parts/dry-run';
import { MessageField, NO_MESSAGE, bytesOf } from '../../../parts/message-field';
import { valuesOf, type Pair } from '../../../parts/pairs';
import { useAct } from '../../../shell/notifications';
import { words } from '../../../words';
import { teaching } from '../../../words-of-teaching';
import { ContextField } from '../../key/context-field';
import type { Wrapped } from '../data-key/unwrap';
import { SYMMETRIC, useKeyChoice } from '../key-choice';

const { source } = teaching.reEncrypt;

export function Source({ onMade }: { onMade(made: Wrapped): void }) {
  const { act, busy, refused, told } = useAct();
  const dry = useDryRun();
  const { metadata, field } = useKeyChoice(SYMMETRIC);
  const [message, setMessage] = useState(NO_MESSAGE);
  const [context, setContext] = useState<Pair[]>([]);
  const [blob, setBlob] = useState<Uint8Array>();
  const Plaintext = bytesOf(message);

  const encrypt = async () => {
    if (!metadata || !Plaintext) return;
    setBlob(undefined);
    const EncryptionContext = valuesOf(context);
    const made = await act((call) => call('Encrypt', { KeyId: metadata.KeyId, Plaintext, EncryptionContext, ...dry.input }));
    if (!made) return;
    setBlob(made.CiphertextBlob);
    onMade({ keyId: made.KeyId, blob: made.CiphertextBlob, context: EncryptionContext });
  };

  return (
    <ActionForm
      title={source.title}
      action={source.action}
      busy={busy}
      disabled={!metadata || !Plaintext}
      refused={refused}
      told={told}
      onSubmit={() => void encrypt()}
      result={blob && <Bytes label={words.encrypt.ciphertext} bytes={blob} />}
    >
      {field}
      <MessageField label={words.encrypt.plaintext} value={message} onChange={setMessage} />
      <ContextField>
        <ContextEditor pairs={context} onChange={setContext} />
      </ContextField>
      {dry.box}
    </ActionForm>
  );
}
