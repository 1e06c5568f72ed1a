/** pocket-kms in browsers, workers and bundlers. */

import { PocketKms as World } from './pocket-kms.js';

export { KmsError } from './error.js';

/** A world of KMS in memory. */
export class PocketKms extends World {
  /** Where the module lies; bundlers read this very line. */
  static module() {
    return new URL('./pkg/pocket_kms_bg.wasm', import.meta.url);
  }
}
