/** Private keys that the host generates for the world, beside the thread that calls. */

/** The lengths of RSA keys in bits, by KMS's names of their specs. */
const MODULUS_LENGTHS = { RSA_2048: 2048, RSA_3072: 3072, RSA_4096: 4096 };

/** 65,537: the public exponent of every RSA key of KMS. */
const PUBLIC_EXPONENT = new Uint8Array([1, 0, 1]);

/**
 * A private key as PKCS #8 in DER; `undefined` where this host generates none, and the core has to.
 *
 * WebCrypto does it outside of the thread that calls. Where that is missing, as in pages without a secure origin, or
 * refuses, `inWorker` may do it: the core itself, in a worker of its own.
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
