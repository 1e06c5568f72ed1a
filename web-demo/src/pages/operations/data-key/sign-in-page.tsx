// Signs in the page with the private key of a data key pair, and verifies with its public key: KMS has no part in it.
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { ActionForm } from '../../../parts/action-form';
import { Bytes } from '../../../parts/bytes';
import { MessageField, NO_MESSAGE, bytesOf } from '../../../parts/message-field';
import { owned, subtle } from '../../../kms/web-crypto';
import { useAct } from '../../../shell/notifications';
import { teaching } from '../../../words-of-teaching';
import { signingWith, type PairSpec, type Signing } from './pair-specs-config';

const { sign } = teaching.pairs;

interface Props {
  spec: PairSpec | undefined;
  publicKey: Uint8Array | undefined;
  privateKey: Uint8Array | undefined;
}

interface Signed {
  /** The key that has signed: the signature of another key says nothing about this one. */
  by: Uint8Array;
  signature: Uint8Array;
  valid: boolean;
}

export function SignInPage({ spec, publicKey, privateKey }: Props) {
  const { act, busy, refused } = useAct();
  const [message, setMessage] = useState(NO_MESSAGE);
  const [signed, setSigned] = useState<Signed>();
  const signing = spec && signingWith(spec);
  const bytes = bytesOf(message);

  const run = async () => {
    setSigned(undefined);
    if (!signing || !publicKey || !privateKey || !bytes) return;
    setSigned(await act(() => signedBy(signing, privateKey, publicKey, bytes)));
  };

  return (
    <ActionForm
      title={sign.title}
      action={sign.action}
      busy={busy}
      disabled={!signing || !publicKey || !privateKey || !bytes}
      refused={refused}
      onSubmit={() => void run()}
      result={signed && signed.by === privateKey && <Result {...signed} />}
    >
      {spec && !signing ? sign.notHere(spec) : sign.text}
      <MessageField label={sign.message} value={message} onChange={setMessage} />
    </ActionForm>
  );
}

function Result({ signature, valid }: Signed) {
  return (
    <>
      <Bytes label={sign.signature} bytes={signature} />
      <StatusIndicator type={valid ? 'success' : 'error'}>{valid ? sign.valid : sign.invalid}</StatusIndicator>
    </>
  );
}

async function signedBy({ key, way }: Signing, privateKey: Uint8Array, publicKey: Uint8Array, message: Uint8Array): Promise<Signed> {
  const [secret, open] = await Promise.all([
    subtle().importKey('pkcs8', owned(privateKey), key, false, ['sign']),
    subtle().importKey('spki', owned(publicKey), key, false, ['verify']),
  ]);
  const signature = new Uint8Array(await subtle().sign(way, secret, owned(message)));
  return { by: privateKey, signature, valid: await subtle().verify(way, open, signature, owned(message)) };
}
