/** A world of KMS in memory, for every host of JavaScript. */

import { Host } from './answers.js';
import { Clock, instant } from './clock.js';
import { Enclave } from './enclave.js';
import { entered, load, loadedBuild } from './module.js';
import { World } from './pkg/pocket_kms.js';
import { RequestHandler } from './request-handler.js';

const MADE_HERE = Symbol('made by create, restore or fork');

/** All accounts and Regions of one simulated AWS; `create` makes one. */
export class PocketKms {
  #host;

  constructor(world, mark) {
    if (mark !== MADE_HERE) throw new TypeError('use `await PocketKms.create()`');
    this.#host = new Host(world, this.constructor.keyInWorker);
    /** The world's clock. */
    this.clock = new Clock(world);
  }

  get #world() {
    return this.#host.world;
  }

  /** A new world. */
  static async create({ seed, now, account, insecureKeyPool = false, module } = {}) {
    await load((build) => this.module(build), module);
    const start = now === undefined ? undefined : instant(now);
    return new this(entered(() => new World(seedBytes(seed), start, account, insecureKeyPool)), MADE_HERE);
  }

  /** The world of a snapshot. */
  static async restore(bytes, rootKey, { module } = {}) {
    await load((build) => this.module(build), module);
    return new this(entered(() => World.restore(bytes, rootKey)), MADE_HERE);
  }

  /** Which build of the module runs: `wide-arithmetic` where the engine knows it, `baseline` or `given`. */
  static get build() {
    return loadedBuild();
  }

  /** Makes a call: structures are objects, blobs `Uint8Array`, timestamps `Date`. */
  async call(operation, input, { region, caller } = {}) {
    return this.#host.answered(() => this.#world.call(operation, input, region, caller));
  }

  /** What `new KMSClient({ requestHandler })` wants. */
  requestHandler() {
    return new RequestHandler(this.#host);
  }

  /** Starts a simulated Nitro enclave, whose attestation documents this world believes. */
  enclave(wish = {}) {
    return Enclave.start(this.#host, wish);
  }

  /** What a symmetric ciphertext blob says about itself; `null` for other bytes. */
  inspect(blob) {
    return entered(() => this.#world.inspect(blob));
  }

  /** When something falls due next; `null` when nothing does. */
  get nextDeadline() {
    const millis = entered(() => this.#world.nextDeadline);
    return millis === undefined ? null : new Date(millis);
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

  /** Frees the world at once; otherwise the garbage collector frees it. */
  dispose() {
    this.#world.free();
  }

  /** The host of a world, for what is built upon it. */
  static hostOf(kms) {
    return kms.#host;
  }
}

// CommonJS programs recognise a world by this, since they cannot import its class.
Object.defineProperty(PocketKms.prototype, Symbol.for('pocket-kms.PocketKms'), { value: true });

/** Text counts as its UTF-8, a number as its decimal digits. */
function seedBytes(seed) {
  if (seed === undefined || seed instanceof Uint8Array) return seed;
  return new TextEncoder().encode(String(seed));
}
