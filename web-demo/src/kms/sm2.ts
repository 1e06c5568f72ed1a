// Encrypts under SM2 keys, which browsers do not know. The library comes when it is first needed: in China Regions alone.
import { hex } from '@scure/base';

/** An uncompressed point, which stands at the end of a public key (RFC 5480). */
const POINT_LENGTH = 65;

/** The first and the second half of a ciphertext: C1, C3, C2 (GM/T 0009-2012, section 7.2). */
const NEW_ORDER = 1;

export async function encryptSm2(plaintext: Uint8Array, publicKey: Uint8Array): Promise<Uint8Array> {
  const { sm2 } = await import('sm-crypto-v2');
  await sm2.initRNGPool();
  return hex.decode(sm2.doEncrypt(plaintext, hex.encode(publicKey.slice(-POINT_LENGTH)), NEW_ORDER, { asn1: true }));
}
