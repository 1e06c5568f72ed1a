// Requests and replies as JSON, with a form for bytes.
import { fromBase64, isBase64, toBase64 } from '../../../kms/bytes';
import { allOperations } from '../../../words-of-all-operations';

const { byHand } = allOperations;

interface Read {
  input?: object;
  fault?: string;
}

export function readRequest(text: string): Read {
  try {
    const value: unknown = JSON.parse(text, (_, value: unknown) => bytesIn(value));
    const isRequest = typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
    return isRequest ? { input: value } : { fault: byHand.notObject };
  } catch (thrown) {
    return { fault: thrown instanceof NotBytes ? thrown.message : byHand.notJson((thrown as Error).message) };
  }
}

class NotBytes extends Error {}

function bytesIn(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [[name, content] = []] = entries;
  if (entries.length !== 1 || typeof content !== 'string') return value;
  if (name === '$text') return new TextEncoder().encode(content);
  if (name !== '$base64') return value;
  if (!isBase64(content)) throw new NotBytes(byHand.notBytes(content));
  return fromBase64(content);
}

/** Bytes become base64, and instants text. */
export function writtenReply(reply: unknown): string {
  return JSON.stringify(reply ?? {}, (_, value: unknown) => (value instanceof Uint8Array ? toBase64(value) : value), 2);
}
