/** The clock of a world. */

import { entered } from './module.js';
import { moment } from './pkg/pocket_kms.js';
import { shown } from './shown.js';

/**
 * Milliseconds since 1970 of a `Date`, of such a number, or of a text that says its offset from UTC: the core reads it,
 * so that it means the same in every language and time zone.
 */
export function instant(value) {
  const millis = typeof value === 'string' ? momentOf(value) : new Date(value).getTime();
  if (Number.isNaN(millis)) throw new TypeError(`${String(value)} is not a date`);
  return millis;
}

function momentOf(text) {
  try {
    return entered(() => moment(text));
  } catch (cause) {
    throw new TypeError(cause.message, { cause });
  }
}

/** Runs with the host's clock or is frozen, and moves when its owner sets it. */
export class Clock {
  #host;

  constructor(host) {
    this.#host = host;
  }

  /** The world's time. */
  get now() {
    return new Date(entered(() => this.#host.world.now()));
  }

  /** Whether it is frozen. */
  get frozen() {
    return entered(() => this.#host.world.isFrozen);
  }

  /** Sets the clock; it stays running or frozen. */
  set(time) {
    const millis = instant(time);
    entered(() => this.#host.world.setTime(millis));
  }

  /** Moves the clock forward by milliseconds or by a text such as `30d`, and settles what falls due. */
  advance(span) {
    const text = typeof span === 'number' ? `${Math.round(span)}ms` : String(span);
    entered(() => this.#host.world.advance(text));
  }

  /** Freezes the clock where it is, or at a given time. */
  freeze(time) {
    // A time that cannot be read freezes nothing.
    const millis = time === undefined ? undefined : instant(time);
    entered(() => this.#host.world.freeze());
    if (millis !== undefined) this.set(millis);
  }

  /** Lets the clock run on. */
  resume() {
    entered(() => this.#host.world.resume());
  }

  /** What `console.log` shows in Node. */
  [Symbol.for('nodejs.util.inspect.custom')](_depth, options, inspect) {
    return shown('Clock', () => ({ now: this.now, frozen: this.frozen }), options, inspect);
  }
}
