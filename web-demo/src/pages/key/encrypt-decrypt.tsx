// Encrypt beside Decrypt; a new ciphertext becomes the input of Decrypt.
import Grid from '@cloudscape-design/components/grid';
import { useState } from 'react';
import { toBase64 } from '../../kms/bytes';
import type { Pair } from '../../parts/context-editor';
import type { EncryptionAlgorithm, KeyMetadata } from '../../world/operations';
import { Decrypt } from './decrypt';
import { Encrypt } from './encrypt';

const HALVES = [{ colspan: { default: 12, xs: 6 } }, { colspan: { default: 12, xs: 6 } }];

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
    <Grid gridDefinition={HALVES}>
      <Encrypt
        metadata={metadata}
        onEncrypted={(blob, context, algorithm) => setCiphertext({ base64: toBase64(blob), context, algorithm })}
      />
      <Decrypt metadata={metadata} ciphertext={ciphertext} onChange={(change) => setCiphertext({ ...ciphertext, ...change })} />
    </Grid>
  );
}

/** Only AES-GCM binds an encryption context. */
export function bindsContext({ KeySpec }: KeyMetadata): boolean {
  return KeySpec === 'SYMMETRIC_DEFAULT';
}
