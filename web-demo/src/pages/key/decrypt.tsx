// Decrypt: a ciphertext blob and its encryption context in; the plaintext out, as text where it is text.
import { useState } from 'react';
import { fromBase64, isBase64, toText } from '../../kms/bytes';
import { ActionForm } from '../../parts/action-form';
import { AlgorithmSelect } from '../../parts/algorithm-select';
import { Base64Field } from '../../parts/base64-field';
import { Bytes, Output } from '../../parts/bytes';
import { ContextEditor } from '../../parts/context-editor';
import { useDryRun } from '../../parts/dry-run';
import { valuesOf } from '../../parts/pairs';
import { useAct } from '../../shell/notifications';
import { words } from '../../words';
import type { KeyMetadata } from '../../world/operations';
import { ContextField } from './context-field';
import { bindsContext, type Ciphertext } from './encrypt-decrypt';

interface Props {
  metadata: KeyMetadata;
  ciphertext: Ciphertext;
  onChange(change: Partial<Ciphertext>): void;
}

export function Decrypt({ metadata, ciphertext, onChange }: Props) {
  const { act, busy, refused, told } = useAct();
  const dry = useDryRun({ ofCiphertext: true });
  const [plaintext, setPlaintext] = useState<Uint8Array>();
  const { base64, context, algorithm } = ciphertext;

  const decrypt = async () => {
    setPlaintext(undefined);
    const binding = bindsContext(metadata) ? { EncryptionContext: valuesOf(context) } : {};
    const blob = dry.withoutCiphertext ? {} : { CiphertextBlob: fromBase64(base64) };
    const input = { KeyId: metadata.KeyId, ...blob, EncryptionAlgorithm: algorithm, ...binding, ...dry.input };
    setPlaintext((await act((call) => call('Decrypt', input)))?.Plaintext);
  };

  return (
    <ActionForm
      info="encrypt"
      title={words.decrypt.title}
      action={words.decrypt.action}
      busy={busy}
      disabled={!isBase64(base64)}
      refused={refused}
      told={told}
      onSubmit={() => void decrypt()}
      result={plaintext && <Plaintext bytes={plaintext} />}
    >
      <Base64Field label={words.encrypt.ciphertext} value={base64} onChange={(text) => onChange({ base64: text })} />
      <AlgorithmSelect
        algorithms={metadata.EncryptionAlgorithms ?? []}
        value={algorithm}
        onChange={(algorithm) => onChange({ algorithm })}
      />
      {bindsContext(metadata) && (
        <ContextField>
          <ContextEditor pairs={context} onChange={(context) => onChange({ context })} />
        </ContextField>
      )}
      {dry.box}
    </ActionForm>
  );
}

function Plaintext({ bytes }: { bytes: Uint8Array }) {
  const text = toText(bytes);
  const label = words.encrypt.plaintext;
  if (text === undefined) return <Bytes label={label} bytes={bytes} />;
  return <Output label={`${label} (${words.bytes.count(bytes.length)})`} name={label} text={text} />;
}
