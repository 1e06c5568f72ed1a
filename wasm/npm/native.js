/**
 * What Node lends the core from node:crypto: the private operations of RSA, and key agreement over the large curves.
 *
 * The core hashes messages and draws salts, and node:crypto signs no digest by RSASSA-PSS: there the encoding is made here,
 * and only its exponentiation is node:crypto's.
 */

import { constants, createHash, createPrivateKey, createPublicKey, diffieHellman, privateDecrypt, privateEncrypt } from 'node:crypto';

/** The hashes by the lengths of their digests in bytes. */
const HASHES = { 20: 'sha1', 32: 'sha256', 48: 'sha384', 64: 'sha512' };

/** `DigestInfo` up to the digest (RFC 8017 section 9.2, note 1), by the length of the digest. */
const DIGEST_INFOS = {
  32: Buffer.from('3031300d060960864801650304020105000420', 'hex'),
  48: Buffer.from('3041300d060960864801650304020205000430', 'hex'),
  64: Buffer.from('3051300d060960864801650304020305000440', 'hex'),
};

/** The keys by their numbers. */
const keys = new Map();
let last = 0;

/** The operations that the module calls. */
export const NATIVE = {
  load(pkcs8) {
    const key = createPrivateKey({ key: Buffer.from(pkcs8.buffer, pkcs8.byteOffset, pkcs8.length), format: 'der', type: 'pkcs8' });
    if (key.asymmetricKeyType === 'rsa' && key.asymmetricKeyDetails.modulusLength % 8 !== 0) throw new RangeError('an odd modulus');
    last += 1;
    keys.set(last, key);
    return last;
  },

  forget(number) {
    keys.delete(number);
  },

  sign(number, digest, salt) {
    const key = keys.get(number);
    if (salt === undefined) {
      const encoded = Buffer.concat([DIGEST_INFOS[digest.length], digest]);
      return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, encoded);
    }
    const encoded = pssEncoded(digest, salt, key.asymmetricKeyDetails.modulusLength / 8);
    return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, encoded);
  },

  decrypt(number, digestLength, ciphertext) {
    const oaepHash = HASHES[digestLength];
    return privateDecrypt({ key: keys.get(number), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, ciphertext);
  },

  agree(number, peer) {
    const key = Buffer.from(peer.buffer, peer.byteOffset, peer.length);
    return diffieHellman({ privateKey: keys.get(number), publicKey: createPublicKey({ key, format: 'der', type: 'spki' }) });
  },
};

/** EMSA-PSS-ENCODE (RFC 8017 section 9.1.1) for a modulus of whole bytes. */
function pssEncoded(digest, salt, length) {
  const hash = HASHES[digest.length];
  const seed = createHash(hash).update(Buffer.alloc(8)).update(digest).update(salt).digest();
  const block = Buffer.alloc(length);
  const masked = block.subarray(0, length - seed.length - 1);
  masked[masked.length - salt.length - 1] = 1;
  masked.set(salt, masked.length - salt.length);
  // MGF1 (appendix B.2.1).
  for (let counter = 0; counter * seed.length < masked.length; counter += 1) {
    const number = Buffer.from([counter >>> 24, counter >>> 16, counter >>> 8, counter]);
    const mask = createHash(hash).update(seed).update(number).digest();
    const at = counter * seed.length;
    for (let byte = 0; byte < mask.length && at + byte < masked.length; byte += 1) masked[at + byte] ^= mask[byte];
  }
  // The modulus is longer than the block by one bit.
  masked[0] &= 0x7f;
  block.set(seed, masked.length);
  block[length - 1] = 0xbc;
  return block;
}
