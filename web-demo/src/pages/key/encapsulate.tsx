// Encapsulate beside Decapsulate; a new ciphertext becomes the input of Decapsulate.
import { useState } from 'react';
import { fromBase64, isBase64, toBase64 } from '../../kms/bytes';
import { ActionForm } from '../../parts/action-form';
import { Base64Field } from '../../parts/base64-field';
import { Bytes } from '../../parts/bytes';
import { Halves } from '../../parts/halves';
import { useAct } from '../../shell/notifications';
import { words } from '../../words';
import type { KeyMetadata, Output } from '../../world/operations';

const { encapsulate, decapsulate } = words;

export function EncapsulateDecapsulate({ metadata }: { metadata: KeyMetadata }) {
  const [ciphertext, setCiphertext] = useState('');
  return (
    <Halves>
      <Encapsulate metadata={metadata} onMade={(blob) => setCiphertext(toBase64(blob))} />
      <Decapsulate metadata={metadata} ciphertext={ciphertext} onChange={setCiphertext} />
    </Halves>
  );
}

/** The one algorithm of these keys. */
const EncapsulationAlgorithm = 'ML_KEM' as const;

function Encapsulate({ metadata, onMade }: { metadata: KeyMetadata; onMade: (blob: Uint8Array) => void }) {
  const { act, busy, refused, told } = useAct();
  const [made, setMade] = useState<Output<'Encapsulate'>>();
  const input = { KeyId: metadata.KeyId, EncapsulationAlgorithm };

  const run = async () => {
    const reply = await act((call) => call('Encapsulate', input));
    setMade(reply);
    if (reply) onMade(reply.SharedSecretCiphertextBlob);
  };

  return (
    <ActionForm
      title={encapsulate.title}
      action={encapsulate.title}
      busy={busy}
      refused={refused}
      told={told}
      onSubmit={() => void run()}
      result={
        made && (
          <>
            <Bytes label={words.secret} bytes={made.SharedSecret} />
            <Bytes label={words.encrypt.ciphertext} bytes={made.SharedSecretCiphertextBlob} />
          </>
        )
      }
    >
      {encapsulate.text}
    </ActionForm>
  );
}

interface DecapsulateProps {
  metadata: KeyMetadata;
  /** In base64. */
  ciphertext: string;
  onChange(ciphertext: string): void;
}

function Decapsulate({ metadata, ciphertext, onChange }: DecapsulateProps) {
  const { act, busy, refused, told } = useAct();
  const [secret, setSecret] = useState<Uint8Array>();
  const input = { KeyId: metadata.KeyId, EncapsulationAlgorithm };

  const run = async () => {
    setSecret(undefined);
    setSecret((await act((call) => call('Decapsulate', { ...input, SharedSecretCiphertextBlob: fromBase64(ciphertext) })))?.SharedSecret);
  };

  return (
    <ActionForm
      title={decapsulate.title}
      action={decapsulate.title}
      busy={busy}
      disabled={!isBase64(ciphertext)}
      refused={refused}
      told={told}
      onSubmit={() => void run()}
      result={secret && <Bytes label={words.secret} bytes={secret} />}
    >
      <Base64Field label={words.encrypt.ciphertext} value={ciphertext} onChange={onChange} />
    </ActionForm>
  );
}
