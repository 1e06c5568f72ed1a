/** pocket-kms in Node. */

import { readFile } from 'node:fs/promises';

import { PocketKms as World } from './pocket-kms.js';
import { serve } from './serve.js';

export { KmsError } from './error.js';

/** A world of KMS in memory, which Node can also put behind a port. */
export class PocketKms extends World {
  /** The bytes of a build of the module. */
  static module(build) {
    const folder = build === 'wide-arithmetic' ? './pkg/wide/' : './pkg/';
    return readFile(new URL(`${folder}pocket_kms_bg.wasm`, import.meta.url));
  }

  /** Answers any AWS SDK, CLI or tool at `http://host:port`; port 0 is a free one. */
  async serve({ port = 0, host = '127.0.0.1' } = {}) {
    return serve(World.hostOf(this), port, host);
  }
}
