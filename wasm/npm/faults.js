/** Faults on demand: what chosen calls of a world meet instead of their answers. */

import { DISPOSE } from './mark.js';
import { entered } from './module.js';

/** Acts until it is disposed of. */
export class Faults {
  #host;
  #rules = [];
  #told = [];

  constructor(host, said) {
    this.#host = host;
    try {
      for (const fault of said) this.#rules.push(entered(() => host.world.addFault(fault)));
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  /** How many calls these faults fitted. */
  get fitted() {
    return this.#counted('fitted');
  }

  /** How many of them met one. */
  get acted() {
    return this.#counted('acted');
  }

  /** Ends them; may be passed on as it is, as to `after`. */
  dispose = () => {
    if (this.#host.disposed) return;
    this.#told.push(...this.#living());
    for (const rule of this.#rules.splice(0)) entered(() => this.#host.world.removeFault(rule));
  };

  /** What `using` calls. */
  [DISPOSE]() {
    this.dispose();
  }

  #living() {
    if (this.#rules.length === 0) return [];
    return entered(() => this.#host.world.faults()).filter(({ id }) => this.#rules.includes(id));
  }

  #counted(member) {
    return [...this.#told, ...this.#living()].reduce((sum, rule) => sum + rule[member], 0);
  }
}
