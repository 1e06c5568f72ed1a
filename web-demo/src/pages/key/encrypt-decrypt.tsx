// Encrypt beside Decrypt; a new ciphertext becomes the input of Decrypt.
import { useState } from 'react';
import { toBase64 } from '../../kms/bytes';
import type { Pair } from '../../parts/pairs';
import { Halves } from '../../parts/halves';
import type { EncryptionAlgorithm, KeyMetadata } from '../../world/operations';
import { Decrypt } from './decrypt';
import { Encrypt } from './encrypt';

export interface Ciphertext {
  base64: string;
  context: Pair[];
  algorithm: EncryptionAlgorithm;
}

export function EncryptDecrypt({ metadata }: { metadata: KeyMetadata }) {
  const [ciphertext, setCiphertext] = useState<Ciphertext>({
    base64: '',
    context: [],
    algorithm: metadata.EncryptionAlgorithms?.[0] ?? 'SYMMETRIC_DEFAULT',
  });
  return (
    <Halves>
      <Encrypt
        metadata={metadata}
        onEncrypted={(blob, context, algorithm) => setCiphertext({ base64: toBase64(blob), context, algorithm })}
      />
      <Decrypt metadata={metadata} ciphertext={ciphertext} onChange={(change) => setCiphertext({ ...ciphertext, ...change })} />
    </Halves>
  );
}

/** Only AES-GCM binds an encryption context. */
export function bindsContext({ KeySpec }: KeyMetadata): boolean {
  return KeySpec === 'SYMMETRIC_DEFAULT';
}
