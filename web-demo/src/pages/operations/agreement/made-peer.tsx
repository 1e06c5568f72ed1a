// A peer that this page makes: it derives the secret from its private key and the public key of the KMS key, while KMS does so
// from the other halves. Then a message of the one side is read by the other.
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { toBase64, toPem } from '../../../kms/bytes';
import { ActionForm } from '../../../parts/action-form';
import { Bytes, Output } from '../../../parts/bytes';
import { useDryRun } from '../../../parts/dry-run';
import { useAct } from '../../../shell/notifications';
import { words } from '../../../words';
import { teaching } from '../../../words-of-teaching';
import type { KeyMetadata } from '../../../world/operations';
import { newPeer, type Peer } from './peer';
import SecretMessage from './secret-message';

const { peer: said } = teaching.agreement;

interface Agreed {
  peer: Peer;
  /** As KMS has derived it, and as the page has. */
  ofKms: Uint8Array;
  ofPage: Uint8Array;
}

export default function MadePeer({ metadata: { KeyId, KeySpec, KeyAgreementAlgorithms } }: { metadata: KeyMetadata }) {
  const { act, busy, refused, told } = useAct();
  const dry = useDryRun();
  const [agreed, setAgreed] = useState<Agreed>();
  const curve = /^ECC_NIST_P(\d+)$/.exec(KeySpec)?.[1];

  const derive = async () => {
    if (!curve) return;
    setAgreed(undefined);
    const done = await act(async (call) => {
      const peer = await newPeer(`P-${curve}`);
      const { PublicKey } = await call('GetPublicKey', { KeyId });
      const KeyAgreementAlgorithm = KeyAgreementAlgorithms?.[0] ?? 'ECDH';
      const { SharedSecret } = await call('DeriveSharedSecret', { KeyId, KeyAgreementAlgorithm, PublicKey: peer.publicKey, ...dry.input });
      return { peer, ofKms: SharedSecret, ofPage: await peer.agree(PublicKey) };
    });
    setAgreed(done);
  };

  return (
    <SpaceBetween size="l">
      <ActionForm
        title={said.title}
        action={said.action}
        busy={busy}
        disabled={!curve}
        refused={refused}
        told={told}
        onSubmit={() => void derive()}
        result={agreed && <Result {...agreed} />}
      >
        {curve ? said.text : said.notHere(KeySpec)}
        {dry.box}
      </ActionForm>
      {agreed && <SecretMessage ofKms={agreed.ofKms} ofOther={agreed.ofPage} other={said.page} />}
    </SpaceBetween>
  );
}

function Result({ peer, ofKms, ofPage }: Agreed) {
  const same = toBase64(ofKms) === toBase64(ofPage);
  return (
    <SpaceBetween size="s">
      <Output label={said.publicKey} name={said.publicKey} text={toPem('PUBLIC KEY', peer.publicKey)} />
      <KeyValuePairs
        columns={2}
        minColumnWidth={220}
        items={[
          { label: said.byKms, value: <Bytes label={words.secret} bytes={ofKms} /> },
          { label: said.byPage, value: <Bytes label={said.ownSecret} bytes={ofPage} /> },
        ]}
      />
      <StatusIndicator type={same ? 'success' : 'error'}>{same ? said.same : said.different}</StatusIndicator>
    </SpaceBetween>
  );
}
