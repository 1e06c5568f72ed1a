// The form of an encrypted file: the wrapped data key stands beside the ciphertext, and both are bound together.
//
//     8 bytes   PKMSENV1
//     4 bytes   the length of the header in bytes, big-endian
//     header    JSON in UTF-8: what is needed to decrypt, but nothing that is secret
//     chunks    64 KiB of the file each (the last one may be shorter), as AES-256-GCM gives them: with 16 bytes of tag
//
// Every chunk authenticates all that stands before the first chunk. Its nonce is its number (11 bytes, big-endian) and one
// byte that is 1 for the last chunk alone: so chunks can be neither altered nor moved, left out or cut off (the STREAM
// construction of Hoang, Reyhanitabar, Rogaway and Vizár). No nonce comes twice, as each file has a data key of its own.
import { teaching } from '../../../words-of-teaching';
import { fromBase64, toBase64 } from '../../../kms/bytes';

const { faults } = teaching.envelope;

const MAGIC = new TextEncoder().encode('PKMSENV1');
const LENGTH = 4;
/** No header that this page writes is longer. */
const LONGEST_HEADER = 64 * 1024;
/** Nor has a larger encryption context. */
const MOST_PAIRS = 100;

export interface Header {
  name: string;
  /** The media type, as the browser named it. */
  type: string;
  /** The length of the file in bytes. */
  size: number;
  /** The ARN of the KMS key that wraps the data key. */
  keyId: string;
  context: Record<string, string>;
  /** `CiphertextBlob` of the data key. */
  wrappedKey: Uint8Array;
}

/** What stands before the chunks. */
export function written({ wrappedKey, ...header }: Header): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(JSON.stringify({ ...header, wrappedKey: toBase64(wrappedKey) }));
  if (json.length > LONGEST_HEADER || Object.keys(header.context).length > MOST_PAIRS) throw new Error(faults.longHeader);
  const bytes = new Uint8Array(MAGIC.length + LENGTH + json.length);
  bytes.set(MAGIC);
  new DataView(bytes.buffer).setUint32(MAGIC.length, json.length);
  bytes.set(json, MAGIC.length + LENGTH);
  return bytes;
}

export interface Opened {
  header: Header;
  /** What every chunk authenticates. */
  bound: Uint8Array<ArrayBuffer>;
  /** Where the chunks are. */
  chunks: Blob;
}

/** Reads what stands before the chunks; whatever is not of this form is refused with a sentence. */
export async function opened(file: Blob): Promise<Opened> {
  const start = await bytesOf(file.slice(0, MAGIC.length + LENGTH));
  if (start.length < MAGIC.length + LENGTH || MAGIC.some((byte, at) => start[at] !== byte)) throw new Error(faults.otherForm);
  const length = new DataView(start.buffer).getUint32(MAGIC.length);
  const end = start.length + length;
  if (length > LONGEST_HEADER || file.size < end) throw new Error(faults.noHeader);
  const bound = await bytesOf(file.slice(0, end));
  return { header: headerOf(bound.subarray(start.length)), bound, chunks: file.slice(end) };
}

function headerOf(json: Uint8Array): Header {
  const header = parsed(json);
  if (!isHeader(header)) throw new Error(faults.noHeader);
  const { name, type, size, keyId, context, wrappedKey } = header;
  return { name, type, size, keyId, context, wrappedKey: fromBase64(wrappedKey) };
}

function parsed(json: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch {
    return undefined;
  }
}

type WrittenHeader = Omit<Header, 'wrappedKey'> & { wrappedKey: string };

function isHeader(value: unknown): value is WrittenHeader {
  if (typeof value !== 'object' || value === null) return false;
  const { name, type, size, keyId, context, wrappedKey } = value as Record<string, unknown>;
  return [name, type, keyId].every(isText) && Number.isSafeInteger(size) && isContext(context) && isBase64Text(wrappedKey);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isContext(value: unknown): value is Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const values = Object.values(value);
  return values.length <= MOST_PAIRS && values.every(isText);
}

function isBase64Text(value: unknown): value is string {
  return isText(value) && value !== '' && /^[A-Za-z0-9+/]+={0,2}$/.test(value) && value.length % 4 === 0;
}

export async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.arrayBuffer());
}
