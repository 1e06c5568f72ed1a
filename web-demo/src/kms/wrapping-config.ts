// How key material for a key spec can be wrapped with RSA, the recommended way first (P4-329).
import type { KeySpec, WrappingAlgorithm, WrappingKeySpec } from '../world/operations';
import { isInChina } from './places-config';
import { keyTypeOf } from './specs-config';

export const WRAPPING_SPECS: readonly WrappingKeySpec[] = ['RSA_2048', 'RSA_3072', 'RSA_4096'];

const DIRECT: readonly WrappingAlgorithm[] = ['RSAES_OAEP_SHA_256', 'RSAES_OAEP_SHA_1'];
const BY_AES_KEY: readonly WrappingAlgorithm[] = ['RSA_AES_KEY_WRAP_SHA_256', 'RSA_AES_KEY_WRAP_SHA_1'];

/** China Regions have no AES key wrap, and take RSA keys by SM2PKE alone, which no browser has. */
export function wrappingAlgorithms(spec: KeySpec, region: string): readonly WrappingAlgorithm[] {
  if (keyTypeOf(spec) === 'symmetric' || spec === 'SM2') return DIRECT;
  const byAesKey = isInChina(region) ? [] : BY_AES_KEY;
  return spec.startsWith('RSA') ? byAesKey : [...byAesKey, ...DIRECT];
}
