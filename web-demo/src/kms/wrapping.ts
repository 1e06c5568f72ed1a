// Makes key material, and wraps it for KMS, with the cryptography of the browser as far as it goes.
import { aeskwp } from '@noble/ciphers/aes.js';
import { words } from '../words';
import type { KeySpec, WrappingAlgorithm } from '../world/operations';
import { isInChina } from './places-config';
import { encryptSm2 } from './sm2';
import { owned, subtle } from './web-crypto';

/** The AES key between an RSA wrapping key and the material has this length in bytes (P4-337). */
const AES_KEY_LENGTH = 32;

/** The length of symmetric key material in bytes; `undefined` for a private key (P4-287, P4-288). */
export function lengthOf(spec: KeySpec, region: string): number | undefined {
  if (spec === 'SYMMETRIC_DEFAULT') return isInChina(region) ? 16 : 32;
  return spec.startsWith('HMAC_') ? Number(spec.slice('HMAC_'.length)) / 8 : undefined;
}

/** Key pairs that a browser can make, as it names them; their private keys go to KMS in PKCS #8. */
function pairOf(spec: KeySpec): RsaHashedKeyGenParams | EcKeyGenParams | Algorithm | undefined {
  const curve = /^ECC_NIST_P(\d+)$/.exec(spec)?.[1];
  if (curve) return { name: 'ECDSA', namedCurve: `P-${curve}` };
  const modulus = /^RSA_(\d+)$/.exec(spec)?.[1];
  const publicExponent = Uint8Array.of(1, 0, 1);
  if (modulus) return { name: 'RSA-PSS', modulusLength: Number(modulus), publicExponent, hash: 'SHA-256' };
  return spec === 'ECC_NIST_EDWARDS25519' ? { name: 'Ed25519' } : undefined;
}

export function canGenerate(spec: KeySpec, region: string): boolean {
  return lengthOf(spec, region) !== undefined || pairOf(spec) !== undefined;
}

export async function generateMaterial(spec: KeySpec, region: string): Promise<Uint8Array> {
  const length = lengthOf(spec, region);
  if (length !== undefined) return crypto.getRandomValues(new Uint8Array(length));
  const pair = pairOf(spec);
  if (!pair) throw new Error(words.importing.notMade(spec));
  const { privateKey } = (await subtle().generateKey(pair, true, ['sign', 'verify'])) as CryptoKeyPair;
  return new Uint8Array(await subtle().exportKey('pkcs8', privateKey));
}

/** What ImportKeyMaterial calls `EncryptedKeyMaterial` (P4-335 to P4-340). */
export async function wrapMaterial(material: Uint8Array, wrappingKey: Uint8Array, algorithm: WrappingAlgorithm): Promise<Uint8Array> {
  if (algorithm === 'SM2PKE') return encryptSm2(material, wrappingKey);
  const hash = algorithm.endsWith('SHA_1') ? 'SHA-1' : 'SHA-256';
  const key = await subtle().importKey('spki', owned(wrappingKey), { name: 'RSA-OAEP', hash }, false, ['encrypt']);
  const seal = async (bytes: Uint8Array) => new Uint8Array(await subtle().encrypt('RSA-OAEP', key, owned(bytes)));
  if (!algorithm.startsWith('RSA_AES_KEY_WRAP')) return seal(material);
  const aesKey = crypto.getRandomValues(new Uint8Array(AES_KEY_LENGTH));
  // Browsers know AES key wrap without padding only (RFC 3394), and KMS wants RFC 5649.
  const wrapped = aeskwp(aesKey).encrypt(material);
  const sealed = await seal(aesKey);
  aesKey.fill(0);
  return Uint8Array.of(...sealed, ...wrapped);
}
