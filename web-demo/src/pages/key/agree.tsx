// Derive a shared secret from this private key and the public key of a peer.
import FormField from '@cloudscape-design/components/form-field';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { publicKeyOf } from '../../kms/bytes';
import { ActionForm } from '../../parts/action-form';
import { Bytes } from '../../parts/bytes';
import { useDryRun } from '../../parts/dry-run';
import { useAct } from '../../shell/notifications';
import { words } from '../../words';
import type { KeyMetadata } from '../../world/operations';

const { agree } = words;

export function Agree({ metadata: { KeyId, KeyAgreementAlgorithms } }: { metadata: KeyMetadata }) {
  const { act, busy, refused, told } = useAct();
  const dry = useDryRun();
  const [peer, setPeer] = useState('');
  const [secret, setSecret] = useState<Uint8Array>();
  const PublicKey = publicKeyOf(peer);
  const fault = peer !== '' && !PublicKey && agree.notKey;

  const derive = async () => {
    if (!PublicKey) return;
    setSecret(undefined);
    const KeyAgreementAlgorithm = KeyAgreementAlgorithms?.[0] ?? 'ECDH';
    setSecret((await act((call) => call('DeriveSharedSecret', { KeyId, KeyAgreementAlgorithm, PublicKey, ...dry.input })))?.SharedSecret);
  };

  return (
    <ActionForm
      info="derive"
      title={agree.title}
      action={agree.action}
      busy={busy}
      disabled={!PublicKey}
      refused={refused}
      told={told}
      onSubmit={() => void derive()}
      result={secret && <Bytes label={words.secret} bytes={secret} />}
    >
      <FormField label={agree.peer} description={agree.peerText} errorText={fault} stretch>
        <Textarea ariaLabel={agree.peer} value={peer} rows={6} spellcheck={false} onChange={({ detail }) => setPeer(detail.value)} />
      </FormField>
      {dry.box}
    </ActionForm>
  );
}
