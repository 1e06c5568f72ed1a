// The specs of data key pairs: where KMS has them, and how a browser signs with them.
import { isInChina } from '../../../kms/places-config';
import type { Input } from '../../../world/operations';

export type PairSpec = NonNullable<Input<'GenerateDataKeyPair'>>['KeyPairSpec'];

const COMMON: readonly PairSpec[] = ['RSA_2048', 'RSA_3072', 'RSA_4096', 'ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521', 'ECC_SECG_P256K1', 'ECC_NIST_EDWARDS25519'];

/** China Regions have SM2 besides, and no ML-KEM. */
export function pairSpecs(region: string): readonly PairSpec[] {
  return [...COMMON, ...(isInChina(region) ? (['SM2'] as const) : (['ML_KEM_512', 'ML_KEM_768', 'ML_KEM_1024'] as const))];
}

export interface Signing {
  /** How the keys are read. */
  key: RsaHashedImportParams | EcKeyImportParams | Algorithm;
  /** How they sign. */
  way: RsaPssParams | EcdsaParams | Algorithm;
}

/** `undefined` where no browser signs with such a pair. */
export function signingWith(spec: PairSpec): Signing | undefined {
  const curve = /^ECC_NIST_P(\d+)$/.exec(spec)?.[1];
  if (curve) return { key: { name: 'ECDSA', namedCurve: `P-${curve}` }, way: { name: 'ECDSA', hash: 'SHA-256' } };
  if (spec.startsWith('RSA')) return { key: { name: 'RSA-PSS', hash: 'SHA-256' }, way: { name: 'RSA-PSS', saltLength: 32 } };
  return spec === 'ECC_NIST_EDWARDS25519' ? { key: { name: 'Ed25519' }, way: { name: 'Ed25519' } } : undefined;
}
