/** Takes calls that may ask the host step by step to their answers. */

import { generatedKey } from './generated-key.js';
import { entered } from './module.js';
import { Delayed, PendingCall } from './pkg/pocket_kms.js';

/** An answer, which a fault on demand may keep back. */
async function late(answer, signal) {
  if (answer instanceof Delayed === false) return answer;
  await wait(answer.millis, signal);
  return entered(() => answer.take());
}

/** Resolves after this many milliseconds, or as soon as a signal says that nobody waits any more. */
export function wait(millis, signal) {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, millis);
    signal?.addEventListener('abort', end);
    if (signal?.aborted) end();
  });
}

/** How many predicates may run inside of each other, each in a call that another one makes. */
const DEEPEST = 100;

/** A world until it is disposed of, the function that generates keys without WebCrypto, and what sends requests to proxies. */
export class Host {
  #world;
  #inWorker;
  #proxies;
  /** The predicates of faults by their numbers, and how many of them run now. */
  #predicates = new Map();
  #last = 0;
  #running = 0;
  /** Who wants to hear of whatever may have happened; and whether they are about to. */
  #followers = new Set();
  #stirred = false;

  constructor(world, inWorker, proxies) {
    this.#world = world;
    this.#inWorker = inWorker;
    this.#proxies = proxies;
    if (proxies !== undefined) world.allowProxies();
  }

  /** The world itself, for whoever may change it. */
  get world() {
    const world = this.asked;
    this.#stir();
    return world;
  }

  /** The world itself, for a question that changes nothing. */
  get asked() {
    if (this.#world === undefined) throw new Error('this world has been disposed of');
    return this.#world;
  }

  /** Calls `hear` whenever something may have happened in the world, and when it is disposed of, until `unfollow`. */
  follow(hear) {
    this.#followers.add(hear);
  }

  /** Ends what `follow` began. */
  unfollow(hear) {
    this.#followers.delete(hear);
  }

  /** Whoever has just entered the world is done with it when microtasks run. */
  #stir() {
    if (this.#stirred || this.#followers.size === 0) return;
    this.#stirred = true;
    queueMicrotask(() => {
      this.#stirred = false;
      for (const hear of [...this.#followers]) hear();
    });
  }

  /** What sends requests to proxies, for a fork; `undefined` where nothing does. */
  get proxies() {
    return this.#proxies;
  }

  /** Whether the world has been disposed of. */
  get disposed() {
    return this.#world === undefined;
  }

  /** Frees the world; a second time does nothing. */
  dispose() {
    this.#world?.free();
    this.#world = undefined;
    this.#stir();
  }

  /**
   * The answer to a call that `begin` begins, or a promise of it where it is not there at once.
   *
   * While the host generates a key, or waits for a proxy, other calls go on. The core checks what it is given and decides the
   * call again, on the state that it finds then. Where `signal` says that nobody waits any more, an answer is not kept back.
   */
  answered(begin, signal) {
    // Connections enter the world by themselves.
    this.#stir();
    const step = entered(begin);
    return step instanceof PendingCall || step instanceof Delayed ? this.#waited(step, signal) : step;
  }

  /** The answer that is not there yet. */
  async #waited(first, signal) {
    let step = first;
    while (step instanceof PendingCall) step = await this.#next(step);
    return late(step, signal);
  }

  /** Keeps a predicate of a fault; gives its number. */
  keepPredicate(when) {
    if (typeof when !== 'function') {
      throw new TypeError(`when is a function that takes a call and says whether the fault applies, not ${typeof when}`);
    }
    this.#last += 1;
    this.#predicates.set(this.#last, when);
    return this.#last;
  }

  /** Lets it go. */
  forgetPredicate(number) {
    this.#predicates.delete(number);
  }

  async #next(pending) {
    const { question, predicate } = pending;
    if (predicate !== undefined) return this.#afterPredicate(pending, predicate);
    if (question === undefined) return this.withKey(pending.keySpec, (key) => this.world.answer(pending, key));
    const answer = await this.#proxies?.answer(question);
    return entered(() => this.world.answerProxy(pending, answer));
  }

  /** The next step of a call of which a predicate says whether a fault applies. */
  #afterPredicate(pending, number) {
    let applies;
    try {
      applies = this.#says(number, pending.told);
    } catch (error) {
      if (!pending.isOfPeer) {
        pending.free();
        throw error;
      }
      // Nobody stands behind a peer to whom it could be thrown.
      globalThis.process?.emitWarning?.(error instanceof Error ? error : String(error));
    }
    return entered(() => this.world.answerFault(pending, applies));
  }

  /** What a predicate says at once; one that is gone says no. */
  #says(number, told) {
    if (this.#running >= DEEPEST) throw new RangeError(`${DEEPEST} functions of faults run inside of each other: does one of them make calls that it is asked about itself?`);
    this.#running += 1;
    try {
      const said = this.#predicates.get(number)?.(told);
      if (typeof said?.then === 'function') {
        // Nobody else will hear of what becomes of it.
        said.then(undefined, () => {});
        throw new TypeError('when says at once whether the fault applies: it is a function, and not an async function');
      }
      return Boolean(said);
    } finally {
      this.#running -= 1;
    }
  }

  /** The health checks that are due, one after the other, and what has come of each. */
  async healthChecks() {
    const told = [];
    for (const check of entered(() => this.world.healthChecks())) {
      try {
        let step = entered(() => check.next(this.world));
        while (step?.question !== undefined) {
          const answer = await this.#proxies?.answer(step.question);
          step = entered(() => check.answer(this.world, answer));
        }
        if (step !== undefined) told.push(step);
      } finally {
        check.free();
      }
    }
    return told;
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
