// What is done with a shared secret: HKDF with SHA-256 makes an AES key of it, which encrypts in GCM.
import { owned, subtle } from '../../../kms/web-crypto';
import { teaching } from '../../../words-of-teaching';

const NONCE = 12;

/** Says what the key is for: the same secret gives other keys for other purposes. */
const PURPOSE = new TextEncoder().encode('pocket-kms playground: a secret message');

async function keyOf(secret: Uint8Array): Promise<CryptoKey> {
  const material = await subtle().importKey('raw', owned(secret), 'HKDF', false, ['deriveKey']);
  const way = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: PURPOSE };
  return subtle().deriveKey(way, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** The nonce, and behind it what AES-GCM gives. */
export async function sealedWith(secret: Uint8Array, message: Uint8Array): Promise<Uint8Array> {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE));
  const sealed = new Uint8Array(await subtle().encrypt({ name: 'AES-GCM', iv }, await keyOf(secret), owned(message)));
  const whole = new Uint8Array(NONCE + sealed.length);
  whole.set(iv);
  whole.set(sealed, NONCE);
  return whole;
}

export async function openedWith(secret: Uint8Array, sealed: Uint8Array): Promise<Uint8Array> {
  const bytes = owned(sealed);
  try {
    const way = { name: 'AES-GCM', iv: bytes.subarray(0, NONCE) };
    return new Uint8Array(await subtle().decrypt(way, await keyOf(secret), bytes.subarray(NONCE)));
  } catch {
    throw new Error(teaching.agreement.message.otherSecret);
  }
}
