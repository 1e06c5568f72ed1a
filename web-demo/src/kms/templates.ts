// Templates of infrastructure: what they come to, and what a world is written as.
import type { Remark } from 'pocket-kms';

export type { ExportFormat, Exported, Loaded, Remark } from 'pocket-kms';

/** Texts by the names of their files. */
export type Files = Record<string, string>;

/** Where in its file something stands. */
export function placeOf({ file, line, path }: Remark): string {
  return [line === null ? file : `${file}:${line}`, path].filter(Boolean).join(' ');
}
