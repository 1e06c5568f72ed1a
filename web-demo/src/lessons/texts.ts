// The texts of a lesson with the values of its steps in them; what stands between backticks is code.
import { toBase64 } from '../kms/bytes';
import { Missing, filled, type Values } from './values';

export interface Piece {
  text: string;
  /** Whether it is a name or a value of KMS, and not prose. */
  isCode: boolean;
}

/** Of longer bytes the beginning is shown. */
const MOST_BYTES = 30;

export function piecesOf(text: string, values: Values): Piece[] {
  return text
    .split('`')
    .map((part, at) => ({ text: withValues(part, values), isCode: at % 2 === 1 }))
    .filter(({ text }) => text !== '');
}

/** Where an earlier step came otherwise, it may have left nothing. */
function withValues(text: string, values: Values): string {
  try {
    return filled(text, values, written);
  } catch (thrown) {
    if (thrown instanceof Missing) return text;
    throw thrown;
  }
}

function written(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (!(value instanceof Uint8Array)) return typeof value === 'object' ? JSON.stringify(value) : String(value);
  return value.length > MOST_BYTES ? `${toBase64(value.subarray(0, MOST_BYTES))}...` : toBase64(value);
}
