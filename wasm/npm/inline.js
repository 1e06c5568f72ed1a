/** pocket-kms with the module inside of its own file, for programs that are one file: bundles, pages, functions. */

import { marked } from './mark.js';
import { FIRST, REST } from './pkg/inline-module.js';
import { PocketKms as World } from './pocket-kms.js';

export { KmsError } from './error.js';

/** A world of KMS in memory. */
export class PocketKms extends World {
  /** The bytes of the one build that is inside, which every engine knows. */
  static builds = { baseline: () => ({ first: decompressed(FIRST), rest: decompressed(REST) }) };
}

marked(PocketKms, 'PocketKms');

/** Undoes gzip and base64. */
async function decompressed(text) {
  const gzipped = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([gzipped]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
