// Bytes as people write and read them.

export type Encoding = 'text' | 'base64';

export function fromBase64(text: string): Uint8Array {
  const binary = atob(text.replace(/\s+/g, ''));
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}

export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
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
  const base64 = text.replace(armour, '');
  return isBase64(base64) && base64.trim() !== '' ? fromBase64(base64) : undefined;
}

/** A DER document in its PEM armour (RFC 7468). */
export function toPem(label: string, der: Uint8Array): string {
  const lines = toBase64(der).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
