/** A world of KMS in memory, for every host of JavaScript. */

import { World } from './pkg/pocket_kms.js';
import { Clock, instant } from './clock.js';
import { entered, load } from './module.js';
import { RequestHandler } from './request-handler.js';

const MADE_HERE = Symbol('made by create, restore or fork');

/** All accounts and Regions of one simulated AWS; `create` makes one. */
export class PocketKms {
  #world;

  constructor(world, mark) {
    if (mark !== MADE_HERE) throw new TypeError('use `await PocketKms.create()`');
    this.#world = world;
    /** The world's clock. */
    this.clock = new Clock(world);
  }

  /** A new world. */
  static async create({ seed, now, account, insecureKeyPool = false, module } = {}) {
    await load(() => module ?? this.module());
    const start = now === undefined ? undefined : instant(now);
    return new this(entered(() => new World(seedBytes(seed), start, account, insecureKeyPool)), MADE_HERE);
  }

  /** The world of a snapshot. */
  static async restore(bytes, rootKey, { module } = {}) {
    await load(() => module ?? this.module());
    return new this(entered(() => World.restore(bytes, rootKey)), MADE_HERE);
  }

  /** Makes a call: structures are objects, blobs `Uint8Array`, timestamps `Date`. */
  async call(operation, input, { region, caller } = {}) {
    return entered(() => this.#world.call(operation, input, region, caller));
  }

  /** What `new KMSClient({ requestHandler })` wants. */
  requestHandler() {
    return new RequestHandler(this.#world);
  }

  /** A second world that begins as this one is now, and shares nothing with it from then on. */
  fork() {
    return new this.constructor(entered(() => this.#world.fork()), MADE_HERE);
  }

  /** The world as bytes, secrets sealed under a root key of 32 bytes. */
  snapshot(rootKey) {
    return entered(() => this.#world.snapshot(rootKey));
  }

  /** The journal behind the change with the number `after`, oldest first. */
  changes(after = 0) {
    return entered(() => this.#world.changes(after));
  }

  /** Frees the world at once; without it, it goes when nothing refers to it any more. */
  dispose() {
    this.#world.free();
  }

  /** The world itself, for what the hosts build upon it. */
  static worldOf(kms) {
    return kms.#world;
  }
}

// By this CommonJS programs know a world, whose class they cannot import.
Object.defineProperty(PocketKms.prototype, Symbol.for('pocket-kms.PocketKms'), { value: true });

/** Text counts as its UTF-8, a number as its decimal digits. */
function seedBytes(seed) {
  if (seed === undefined || seed instanceof Uint8Array) return seed;
  return new TextEncoder().encode(String(seed));
}
