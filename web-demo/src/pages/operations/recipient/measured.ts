// What is done outside of KMS: the builder of an image measures it, and prints the value that its enclaves will attest.
import { owned, subtle } from '../../../kms/web-crypto';

/** Length of a register, that of SHA-384, in bytes. */
const REGISTER = 48;

/** PCR0 of an image: a register of zeros, extended by the image's digest. */
export async function measured(image: string): Promise<Uint8Array> {
  const digest = new Uint8Array(await sha384(new TextEncoder().encode(image)));
  const extended = new Uint8Array(REGISTER + digest.length);
  extended.set(digest, REGISTER);
  return new Uint8Array(await sha384(extended));
}

function sha384(bytes: Uint8Array): Promise<ArrayBuffer> {
  return subtle().digest('SHA-384', owned(bytes));
}
