// One side of an ECDH key agreement, by the cryptography of the browser.
import { owned, subtle } from '../../../kms/web-crypto';

export interface Peer {
  /** `SubjectPublicKeyInfo` in DER. */
  publicKey: Uint8Array;
  /** The secret that it has with the owner of this public key. */
  agree(publicKey: Uint8Array): Promise<Uint8Array>;
}

/** Bits of the x coordinate, which is the secret (SEC 1, 3.3.1). */
const BITS: Record<string, number> = { 'P-256': 256, 'P-384': 384, 'P-521': 528 };

export async function newPeer(namedCurve: string): Promise<Peer> {
  const way = { name: 'ECDH', namedCurve };
  const pair = await subtle().generateKey(way, false, ['deriveBits']);
  return {
    publicKey: new Uint8Array(await subtle().exportKey('spki', pair.publicKey)),
    async agree(publicKey) {
      const other = await subtle().importKey('spki', owned(publicKey), way, false, []);
      return new Uint8Array(await subtle().deriveBits({ name: 'ECDH', public: other }, pair.privateKey, BITS[namedCurve] ?? null));
    },
  };
}
