/** pocket-kms in browsers, workers and bundlers. */

import { marked } from './mark.js';
import { compiled } from './module.js';
import { PocketKms as World } from './pocket-kms.js';

export { KmsError } from './error.js';

/** A world of KMS in memory. */
export class PocketKms extends World {
  /** The URLs of each build of the module; bundlers read exactly these expressions. */
  static builds = {
    baseline: () => ({
      first: new URL('./pkg/pocket_kms_bg.wasm', import.meta.url),
      rest: new URL('./pkg/pocket_kms_rest.wasm', import.meta.url),
    }),
    'wide-arithmetic': () => ({
      first: new URL('./pkg/wide/pocket_kms_bg.wasm', import.meta.url),
      rest: new URL('./pkg/wide/pocket_kms_rest.wasm', import.meta.url),
    }),
  };

  /** The URL of the module of templates. */
  static templates = () => new URL('./pkg/templates/pocket_kms_bg.wasm', import.meta.url);

  /** A private key that the core generates in a worker; `undefined` if it cannot start one. */
  static async keyInWorker(keySpec) {
    const module = await compiled().catch(() => undefined);
    if (module === undefined) return undefined;
    return new Promise((resolve) => {
      const worker = new Worker(new URL('./key-worker.js', import.meta.url), { type: 'module' });
      const end = (key) => {
        worker.terminate();
        resolve(key);
      };
      worker.onmessage = ({ data }) => end(data);
      worker.onerror = () => end(undefined);
      worker.postMessage({ keySpec, module });
    }).catch(() => undefined);
  }
}

marked(PocketKms, 'PocketKms');
