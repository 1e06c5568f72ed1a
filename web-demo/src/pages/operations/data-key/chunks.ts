// Encrypts and decrypts a file chunk by chunk with a data key, by the AES-GCM of the browser; no more of it is read at once.
import { owned, subtle } from '../../../kms/web-crypto';
import { teaching } from '../../../words-of-teaching';
import { bytesOf, written, type Header, type Opened } from './file-form';

const { faults } = teaching.envelope;

/** Bytes of the file in one chunk. */
export const CHUNK = 64 * 1024;
/** What AES-GCM adds. */
const TAG = 16;
const NONCE = 12;

/** Hears how much is done: from 0 to 1. */
export type Heard = (share: number) => void;

/** Takes a data key; nobody can read it out of the browser again. */
export function dataKey(plaintext: Uint8Array): Promise<CryptoKey> {
  return subtle().importKey('raw', owned(plaintext), 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** The encrypted file. */
export async function sealed(file: Blob, header: Header, key: CryptoKey, hear: Heard): Promise<Blob> {
  const bound = written(header);
  const parts: BlobPart[] = [bound];
  await eachChunk(file, CHUNK, hear, async (chunk, parameters) => {
    parts.push(await subtle().encrypt({ ...parameters, additionalData: bound }, key, chunk));
  });
  return new Blob(parts);
}

/** The file that was encrypted; what is not as it was then is refused, and nothing of it is given. */
export async function unsealed({ header, bound, chunks }: Opened, key: CryptoKey, hear: Heard): Promise<Blob> {
  const parts: BlobPart[] = [];
  let length = 0;
  await eachChunk(chunks, CHUNK + TAG, hear, async (chunk, parameters, at, count) => {
    const plain = await subtle()
      .decrypt({ ...parameters, additionalData: bound }, key, chunk)
      .catch(() => Promise.reject(new Error(faults.altered(at + 1, count))));
    parts.push(plain);
    length += plain.byteLength;
  });
  if (length !== header.size) throw new Error(faults.otherSize);
  return new Blob(parts, { type: header.type });
}

type OnChunk = (chunk: Uint8Array<ArrayBuffer>, parameters: AesGcmParams, at: number, count: number) => Promise<void>;

/** An empty file has one chunk with nothing in it. */
async function eachChunk(blob: Blob, length: number, hear: Heard, act: OnChunk): Promise<void> {
  const count = Math.max(1, Math.ceil(blob.size / length));
  for (let at = 0; at < count; at += 1) {
    const chunk = await bytesOf(blob.slice(at * length, (at + 1) * length));
    await act(chunk, { name: 'AES-GCM', iv: nonce(at, at === count - 1) }, at, count);
    hear((at + 1) / count);
  }
}

function nonce(number: number, isLast: boolean): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(NONCE);
  // Four of the eleven bytes are enough for any file that a browser can have.
  new DataView(bytes.buffer).setUint32(NONCE - 5, number);
  bytes[NONCE - 1] = isLast ? 1 : 0;
  return bytes;
}

