// Encapsulate beside Decapsulate; a new ciphertext becomes the input of Decapsulate.
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { Suspense, lazy, useState } from 'react';
import { fromBase64, isBase64, toBase64 } from '../../kms/bytes';
import { ActionForm } from '../../parts/action-form';
import { Base64Field } from '../../parts/base64-field';
import { Bytes } from '../../parts/bytes';
import { useDryRun } from '../../parts/dry-run';
import { Halves } from '../../parts/halves';
import { Loading } from '../../parts/loading';
import { useAct } from '../../shell/notifications';
import { words } from '../../words';
import type { KeyMetadata, Output } from '../../world/operations';

const { encapsulate, decapsulate } = words;

const SecretMessage = lazy(() => import('../operations/agreement/secret-message'));

export function EncapsulateDecapsulate({ metadata }: { metadata: KeyMetadata }) {
  const [ciphertext, setCiphertext] = useState('');
  const [sent, setSent] = useState<Uint8Array>();
  const [got, setGot] = useState<Uint8Array>();
  const made = ({ SharedSecret, SharedSecretCiphertextBlob }: Output<'Encapsulate'>) => {
    setCiphertext(toBase64(SharedSecretCiphertextBlob));
    setSent(SharedSecret);
    setGot(undefined);
  };
  return (
    <SpaceBetween size="l">
      <Halves>
        <Encapsulate metadata={metadata} onMade={made} />
        <Decapsulate metadata={metadata} ciphertext={ciphertext} onChange={setCiphertext} onOpened={setGot} />
      </Halves>
      {sent && got && <Both sent={sent} got={got} />}
    </SpaceBetween>
  );
}

/** What the two sides have now, and what it is good for. */
function Both({ sent, got }: { sent: Uint8Array; got: Uint8Array }) {
  const same = toBase64(sent) === toBase64(got);
  return (
    <SpaceBetween size="m">
      <StatusIndicator type={same ? 'success' : 'warning'}>{same ? encapsulate.same : encapsulate.different}</StatusIndicator>
      {same && (
        <Suspense fallback={<Loading />}>
          <SecretMessage ofKms={got} ofOther={sent} other={encapsulate.sender} />
        </Suspense>
      )}
    </SpaceBetween>
  );
}

/** The one algorithm of these keys. */
const EncapsulationAlgorithm = 'ML_KEM' as const;

function Encapsulate({ metadata, onMade }: { metadata: KeyMetadata; onMade: (made: Output<'Encapsulate'>) => void }) {
  const { act, busy, refused, told } = useAct();
  const dry = useDryRun();
  const [made, setMade] = useState<Output<'Encapsulate'>>();
  const input = { KeyId: metadata.KeyId, EncapsulationAlgorithm, ...dry.input };

  const run = async () => {
    const reply = await act((call) => call('Encapsulate', input));
    setMade(reply);
    if (reply) onMade(reply);
  };

  return (
    <ActionForm
      info="encapsulate"
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
      {dry.box}
    </ActionForm>
  );
}

interface DecapsulateProps {
  metadata: KeyMetadata;
  /** In base64. */
  ciphertext: string;
  onChange(ciphertext: string): void;
  onOpened(secret: Uint8Array | undefined): void;
}

function Decapsulate({ metadata, ciphertext, onChange, onOpened }: DecapsulateProps) {
  const { act, busy, refused, told } = useAct();
  const dry = useDryRun();
  const [secret, setSecret] = useState<Uint8Array>();
  const input = { KeyId: metadata.KeyId, EncapsulationAlgorithm, ...dry.input };

  const run = async () => {
    setSecret(undefined);
    const opened = (await act((call) => call('Decapsulate', { ...input, SharedSecretCiphertextBlob: fromBase64(ciphertext) })))?.SharedSecret;
    setSecret(opened);
    onOpened(opened);
  };

  return (
    <ActionForm
      info="encapsulate"
      title={decapsulate.title}
      action={decapsulate.title}
      busy={busy}
      disabled={!isBase64(ciphertext)}
      refused={refused}
      told={told}
      onSubmit={() => void run()}
      result={secret && <Bytes label={decapsulate.secret} bytes={secret} />}
    >
      <Base64Field label={words.encrypt.ciphertext} value={ciphertext} onChange={onChange} />
      {dry.box}
    </ActionForm>
  );
}
