// How key material for a key spec can be wrapped, the recommended way first (P4-329).
import type { KeySpec, WrappingAlgorithm, WrappingKeySpec } from '../world/operations';
import { isInChina } from './places-config';
import { keyTypeOf } from './specs-config';

const RSA: readonly WrappingKeySpec[] = ['RSA_2048', 'RSA_3072', 'RSA_4096'];

const DIRECT: readonly WrappingAlgorithm[] = ['RSAES_OAEP_SHA_256', 'RSAES_OAEP_SHA_1'];
const BY_AES_KEY: readonly WrappingAlgorithm[] = ['RSA_AES_KEY_WRAP_SHA_256', 'RSA_AES_KEY_WRAP_SHA_1'];

/** China Regions have no AES key wrap: there, RSA does not wrap private keys that are longer than itself. */
function byRsa(spec: KeySpec, region: string): readonly WrappingAlgorithm[] {
  if (keyTypeOf(spec) === 'symmetric' || spec === 'SM2') return DIRECT;
  const byAesKey = isInChina(region) ? [] : BY_AES_KEY;
  return spec.startsWith('RSA') ? byAesKey : [...byAesKey, ...DIRECT];
}

/** China Regions have SM2 keys, too, under which they take private keys. */
export function wrappingSpecs(spec: KeySpec, region: string): readonly WrappingKeySpec[] {
  const bySm2 = isInChina(region) && keyTypeOf(spec) !== 'symmetric';
  return [...(byRsa(spec, region).length > 0 ? RSA : []), ...(bySm2 ? (['SM2'] as const) : [])];
}

export function wrappingAlgorithms(spec: KeySpec, region: string, wrapping: WrappingKeySpec | undefined): readonly WrappingAlgorithm[] {
  if (wrapping === undefined) return [];
  return wrapping === 'SM2' ? ['SM2PKE'] : byRsa(spec, region);
}
