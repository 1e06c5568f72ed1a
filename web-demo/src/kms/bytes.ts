// Bytes as people write and read them.
import { base64 } from '@scure/base';

export type Encoding = 'text' | 'base64';

/** The bytes that a text in base64 stands for, white space aside; throws where it does not. */
export function fromBase64(text: string): Uint8Array {
  return base64.decode(text.replace(/\s+/g, ''));
}

export function toBase64(bytes: Uint8Array): string {
  return base64.encode(bytes);
}

/** The bytes of a text; throws where it says base64 and is not. */
export function read(text: string, encoding: Encoding): Uint8Array {
  return encoding === 'text' ? new TextEncoder().encode(text) : fromBase64(text);
}

/** The text that the bytes are, if they are UTF-8. */
export function toText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Whether bytes begin as ciphertexts of symmetric keys do. */
export function isCiphertext(bytes: Uint8Array): boolean {
  const [layout, version, maker, zero, constant] = bytes;
  return layout === 1 && version === 2 && (maker === 2 || maker === 3) && zero === 0 && constant === 0x78;
}

export function isBase64(text: string): boolean {
  try {
    fromBase64(text);
    return true;
  } catch {
    return false;
  }
}

/** The bytes of a public key given as PEM or as base64 of its DER; `undefined` where it is neither. */
export function publicKeyOf(text: string): Uint8Array | undefined {
  return given(text, /-----(BEGIN|END) PUBLIC KEY-----/g);
}

/** The bytes of key material given as base64, or as a private key in PEM; `undefined` where it is neither. */
export function materialOf(text: string): Uint8Array | undefined {
  return given(text, /-----(BEGIN|END) PRIVATE KEY-----/g);
}

function given(text: string, armour: RegExp): Uint8Array | undefined {
  const body = text.replace(armour, '');
  return isBase64(body) && body.trim() !== '' ? fromBase64(body) : undefined;
}

/** A DER document in its PEM armour (RFC 7468). */
export function toPem(label: string, der: Uint8Array): string {
  const lines = toBase64(der).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
