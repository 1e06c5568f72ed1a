// A world as a file that a passphrase opens: a line that says what it is, a line that says how, and the snapshot.
import { fromBase64, toBase64 } from '../kms/bytes';

const FIRST_LINE = 'pocket-kms world 1';
const DERIVED = 'PBKDF2-HMAC-SHA-256';

/** What OWASP's cheat sheet on the storage of passwords advises for this function. */
const ITERATIONS = 600_000;

/** A file may wish for a slower key, but not for one that nobody lives to see. */
const MOST_ITERATIONS = 5_000_000;

const SALT_LENGTH = 16;

/** No line before the snapshot is longer. */
const LONGEST_LINE = 400;

const NEWLINE = 10;

interface Derivation {
  iterations: number;
  salt: Uint8Array<ArrayBuffer>;
}

/** Writes a world; `snapshot` seals it under the root key that it is given. */
export async function seal(passphrase: string, snapshot: (rootKey: Uint8Array) => Uint8Array): Promise<Uint8Array> {
  const derivation = { iterations: ITERATIONS, salt: crypto.getRandomValues(new Uint8Array(SALT_LENGTH)) };
  const { iterations, salt } = derivation;
  const lines = `${FIRST_LINE}\n${JSON.stringify({ key: DERIVED, iterations, salt: toBase64(salt) })}\n`;
  const sealed = snapshot(await rootKeyOf(passphrase, derivation));
  return joined(new TextEncoder().encode(lines), sealed);
}

/** What is in a file: the snapshot, and the root key that the passphrase gives. */
export async function unseal(file: Uint8Array, passphrase: string): Promise<{ snapshot: Uint8Array; rootKey: Uint8Array }> {
  const [first, rest] = line(file);
  if (first !== FIRST_LINE) throw new Error('This file is not a world: it does not begin as one that a playground has written.');
  const [how, snapshot] = line(rest);
  return { snapshot, rootKey: await rootKeyOf(passphrase, derivation(how)) };
}

/** The first line as text, and what stands behind it; no text where it has no end. */
function line(bytes: Uint8Array): [string | undefined, Uint8Array] {
  const end = bytes.subarray(0, LONGEST_LINE).indexOf(NEWLINE);
  return end < 0 ? [undefined, bytes] : [new TextDecoder().decode(bytes.subarray(0, end)), bytes.subarray(end + 1)];
}

function derivation(text: string | undefined): Derivation {
  try {
    const { key, iterations, salt } = JSON.parse(text ?? '') as Record<string, unknown>;
    const bytes = new Uint8Array(fromBase64(String(salt)));
    const bounded = Number.isInteger(iterations) && Number(iterations) > 0 && Number(iterations) <= MOST_ITERATIONS;
    if (key === DERIVED && bounded && bytes.length === SALT_LENGTH) return { iterations: Number(iterations), salt: bytes };
  } catch {
    // It is told as whatever else may be wrong with it.
  }
  throw new Error('This file is damaged: it does not say how its key follows from a passphrase.');
}

async function rootKeyOf(passphrase: string, { iterations, salt }: Derivation): Promise<Uint8Array> {
  const { subtle } = crypto as Partial<Crypto>;
  if (!subtle) throw new Error('This browser makes no keys of passphrases on a page that came without HTTPS.');
  const text = new TextEncoder().encode(passphrase.normalize('NFKC'));
  const given = await subtle.importKey('raw', text, 'PBKDF2', false, ['deriveBits']);
  return new Uint8Array(await subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', iterations, salt }, given, 256));
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const all = new Uint8Array(one.length + other.length);
  all.set(one);
  all.set(other, one.length);
  return all;
}
