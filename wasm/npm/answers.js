/** Takes calls that may ask the host step by step to their answers. */

import { generatedKey } from './generated-key.js';
import { entered } from './module.js';
import { Delayed, PendingCall } from './pkg/pocket_kms.js';

/** An answer, which a fault on demand may keep back. */
async function late(answer) {
  if (answer instanceof Delayed === false) return answer;
  await wait(answer.millis);
  return entered(() => answer.take());
}

/** Resolves after so many milliseconds. */
export function wait(millis) {
  return new Promise((resolve) => { setTimeout(resolve, millis); });
}

/** A world until it is disposed of, and the function that generates keys without WebCrypto. */
export class Host {
  #world;
  #inWorker;

  constructor(world, inWorker) {
    this.#world = world;
    this.#inWorker = inWorker;
  }

  /** The world itself. */
  get world() {
    if (this.#world === undefined) throw new Error('this world has been disposed of');
    return this.#world;
  }

  /** Whether the world has been disposed of. */
  get disposed() {
    return this.#world === undefined;
  }

  /** Frees the world; a second time does nothing. */
  dispose() {
    this.#world?.free();
    this.#world = undefined;
  }

  /**
   * The answer to a call that `begin` begins.
   *
   * While the host generates a key, other calls go on. The core checks the key and decides the call again, on the state
   * that it finds then.
   */
  async answered(begin) {
    const step = entered(begin);
    if (step instanceof PendingCall === false) return late(step);
    return late(await this.withKey(step.keySpec, (key) => this.world.answer(step, key)));
  }

  /** The result of `use` for a generated key, which it wipes afterwards. */
  async withKey(keySpec, use) {
    const key = await generatedKey(keySpec, this.#inWorker);
    try {
      return entered(() => use(key));
    } finally {
      key?.fill(0);
    }
  }
}
