// Encrypt: plaintext, algorithm and encryption context in; a ciphertext blob out.
import { useState } from 'react';
import { ActionForm } from '../../parts/action-form';
import { AlgorithmSelect } from '../../parts/algorithm-select';
import { Bytes } from '../../parts/bytes';
import { ContextEditor } from '../../parts/context-editor';
import { useDryRun } from '../../parts/dry-run';
import { valuesOf, type Pair } from '../../parts/pairs';
import { MessageField, NO_MESSAGE, bytesOf } from '../../parts/message-field';
import { useAct } from '../../shell/notifications';
import { words } from '../../words';
import type { EncryptionAlgorithm, KeyMetadata } from '../../world/operations';
import { ContextField } from './context-field';
import { bindsContext } from './encrypt-decrypt';

interface Props {
  metadata: KeyMetadata;
  onEncrypted(blob: Uint8Array, context: Pair[], algorithm: EncryptionAlgorithm): void;
}

export function Encrypt({ metadata, onEncrypted }: Props) {
  const { act, busy, refused, told } = useAct();
  const dry = useDryRun();
  const algorithms = metadata.EncryptionAlgorithms ?? [];
  const [message, setMessage] = useState(NO_MESSAGE);
  const [context, setContext] = useState<Pair[]>([]);
  const [EncryptionAlgorithm, setAlgorithm] = useState(algorithms[0] ?? 'SYMMETRIC_DEFAULT');
  const [blob, setBlob] = useState<Uint8Array>();
  const Plaintext = bytesOf(message);

  const encrypt = async () => {
    if (!Plaintext) return;
    setBlob(undefined);
    const binding = bindsContext(metadata) ? { EncryptionContext: valuesOf(context) } : {};
    const reply = await act((call) => call('Encrypt', { KeyId: metadata.KeyId, Plaintext, EncryptionAlgorithm, ...binding, ...dry.input }));
    if (!reply) return;
    setBlob(reply.CiphertextBlob);
    onEncrypted(reply.CiphertextBlob, context, EncryptionAlgorithm);
  };

  return (
    <ActionForm
      info="encrypt"
      title={words.encrypt.title}
      action={words.encrypt.action}
      busy={busy}
      disabled={!Plaintext}
      refused={refused}
      told={told}
      onSubmit={() => void encrypt()}
      result={blob && <Bytes label={words.encrypt.ciphertext} bytes={blob} />}
    >
      <MessageField label={words.encrypt.plaintext} value={message} onChange={setMessage} />
      <AlgorithmSelect algorithms={algorithms} value={EncryptionAlgorithm} onChange={setAlgorithm} />
      {bindsContext(metadata) && (
        <ContextField>
          <ContextEditor pairs={context} onChange={setContext} />
        </ContextField>
      )}
      {dry.box}
    </ActionForm>
  );
}
