/** Calls that may ask the host, taken step by step until they are answered. */

import { generatedKey } from './generated-key.js';
import { entered } from './module.js';
import { PendingCall } from './pkg/pocket_kms.js';

/** A world, and who generates keys where WebCrypto does not. */
export class Host {
  #inWorker;

  constructor(world, inWorker) {
    /** The world itself. */
    this.world = world;
    this.#inWorker = inWorker;
  }

  /**
   * The answer of a call that `begin` begins.
   *
   * While the host generates a key, other calls go on. The core checks the key and decides the call again, on the state
   * that it finds then.
   */
  async answered(begin) {
    const step = entered(begin);
    if (step instanceof PendingCall === false) return step;
    return this.withKey(step.keySpec, (key) => this.world.answer(step, key));
  }

  /** What `use` makes of a generated key, which is then wiped. */
  async withKey(keySpec, use) {
    const key = await generatedKey(keySpec, this.#inWorker);
    try {
      return entered(() => use(key));
    } finally {
      key?.fill(0);
    }
  }
}
