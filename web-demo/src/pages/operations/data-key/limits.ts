// How large a file may be: it is kept in memory until it is saved.
import { teaching } from '../../../words-of-teaching';

const MEBIBYTE = 1024 * 1024;

export const LONGEST = 16 * MEBIBYTE;

/** What the header and the tags may add. */
export const LONGEST_ENCRYPTED = LONGEST + MEBIBYTE;

/** Why a file is not taken. */
export function fitting(file: File | undefined, most: number): string | undefined {
  return file && file.size > most ? teaching.envelope.faults.tooLarge(most / MEBIBYTE) : undefined;
}
