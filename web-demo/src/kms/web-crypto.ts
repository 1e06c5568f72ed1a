// The browser's own cryptography.
import { words } from '../words';

/** Pages that did not come over a secure way have no such cryptography. */
export function subtle(): SubtleCrypto {
  const { subtle } = crypto as Partial<Crypto>;
  if (!subtle) throw new Error(words.importing.noCrypto);
  return subtle;
}

/** Bytes in a buffer that is nobody else's, as browsers want them. */
export function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
