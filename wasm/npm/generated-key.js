/** Private keys that the host generates for the world, off the calling thread. */

/** The lengths of RSA keys in bits, by KMS's names of their specs. */
const MODULUS_LENGTHS = { RSA_2048: 2048, RSA_3072: 3072, RSA_4096: 4096 };

/** 65,537: the public exponent of every RSA key of KMS. */
const PUBLIC_EXPONENT = new Uint8Array([1, 0, 1]);

/**
 * A private key as PKCS #8 in DER; `undefined` if this host cannot generate one, so that the core must.
 *
 * WebCrypto works off the calling thread. If it is missing, as in pages without a secure origin, or refuses, `inWorker`
 * may generate the key with the core itself, in a separate worker.
 */
export async function generatedKey(keySpec, inWorker) {
  const modulusLength = MODULUS_LENGTHS[keySpec];
  if (modulusLength === undefined) return undefined;
  return (await byWebCrypto(modulusLength)) ?? (await inWorker?.(keySpec));
}

async function byWebCrypto(modulusLength) {
  const subtle = globalThis.crypto?.subtle;
  const algorithm = { name: 'RSA-OAEP', modulusLength, publicExponent: PUBLIC_EXPONENT, hash: 'SHA-256' };
  try {
    const { privateKey } = await subtle.generateKey(algorithm, true, ['decrypt']);
    return new Uint8Array(await subtle.exportKey('pkcs8', privateKey));
  } catch {
    return undefined;
  }
}
