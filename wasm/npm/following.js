/** What a world tells, one after the other, as it comes. */

import { ASYNC_DISPOSE } from './mark.js';
import { entered } from './module.js';

/** How long a world whose clock runs is left alone, in milliseconds: time alone makes things happen in it, too. */
const LONGEST_SLEEP = 60_000;

/**
 * What `for await` goes through: everything that `read` tells behind a number, as `{ told, next, more }`.
 *
 * It ends with the world, with a signal, and with the loop; whoever waits for nothing else does not keep a process alive.
 */
export class Following {
  #host;
  #read;
  #after;
  #signal;
  #told = [];
  #waiting = [];
  #ended = false;
  #timer;

  constructor(host, read, after, signal) {
    this.#host = host;
    this.#read = read;
    this.#after = after;
    this.#signal = signal;
    if (signal?.aborted) this.#ended = true;
    else signal?.addEventListener('abort', this.#end, { once: true });
  }

  /** The next one, as soon as there is one. */
  next() {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#hear();
    });
  }

  /** What the end of a loop calls. */
  async return(value) {
    this.#end();
    return { done: true, value };
  }

  /** What `await using` calls. */
  async [ASYNC_DISPOSE]() {
    this.#end();
  }

  /** It goes through itself. */
  [Symbol.asyncIterator]() {
    return this;
  }

  #end = () => {
    this.#ended = true;
    this.#told = [];
    this.#signal?.removeEventListener('abort', this.#end);
    this.#hear();
  };

  /** Gives those who wait what there is, and waits on for the others. */
  #hear = () => {
    clearTimeout(this.#timer);
    if (this.#host.disposed) this.#ended = true;
    while (this.#waiting.length > 0 && this.#filled()) {
      const { resolve } = this.#waiting.shift();
      resolve(this.#ended ? { done: true, value: undefined } : { done: false, value: this.#told.shift() });
    }
    if (this.#waiting.length > 0) this.#sleep();
    else this.#host.unfollow(this.#hear);
  };

  /** Whether there is something to give. A world that cannot tell is the end, with its error. */
  #filled() {
    if (this.#ended || this.#told.length > 0) return true;
    try {
      for (let more = true; more && this.#told.length === 0;) {
        ({ told: this.#told, next: this.#after, more } = this.#read(this.#after));
      }
    } catch (error) {
      this.#ended = true;
      this.#waiting.shift().reject(error);
      return this.#waiting.length > 0;
    }
    return this.#told.length > 0;
  }

  #sleep() {
    this.#host.follow(this.#hear);
    const world = this.#host.asked;
    if (entered(() => world.isFrozen)) return;
    const due = entered(() => world.nextDeadline) - entered(() => world.now());
    this.#timer = setTimeout(this.#hear, Math.min(Math.max(due, 1) || LONGEST_SLEEP, LONGEST_SLEEP));
    this.#timer.unref?.();
  }
}
