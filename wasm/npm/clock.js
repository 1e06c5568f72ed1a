/** The clock of a world. */

import { entered } from './module.js';

/** Milliseconds since 1970 of anything that `Date` can read. */
export function instant(value) {
  const millis = new Date(value).getTime();
  if (Number.isNaN(millis)) throw new TypeError(`${String(value)} is not a date`);
  return millis;
}

/** Runs with the host's clock or is frozen, and moves when its owner sets it. */
export class Clock {
  #world;

  constructor(world) {
    this.#world = world;
  }

  /** The world's time. */
  get now() {
    return new Date(entered(() => this.#world.now()));
  }

  /** Whether it is frozen. */
  get frozen() {
    return entered(() => this.#world.isFrozen);
  }

  /** Sets the clock; it stays running or frozen. */
  set(time) {
    const millis = instant(time);
    entered(() => this.#world.setTime(millis));
  }

  /** Moves the clock forward by milliseconds or by a text such as `30d`, and settles what falls due. */
  advance(span) {
    const text = typeof span === 'number' ? `${Math.round(span)}ms` : String(span);
    entered(() => this.#world.advance(text));
  }

  /** Freezes the clock where it is, or at a given time. */
  freeze(time) {
    entered(() => this.#world.freeze());
    if (time !== undefined) this.set(time);
  }

  /** Lets the clock run on. */
  resume() {
    entered(() => this.#world.resume());
  }
}
