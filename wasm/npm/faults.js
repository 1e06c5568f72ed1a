/** Faults on demand: what chosen calls of a world meet instead of their answers. */

import { DISPOSE } from './mark.js';
import { entered } from './module.js';
import { shown } from './shown.js';

/** Acts until it is disposed of. */
export class Faults {
  #host;
  #rules = [];
  #predicates = [];
  #told = [];

  constructor(host, said) {
    this.#host = host;
    try {
      for (const fault of said) this.#add(fault);
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
    for (const number of this.#predicates.splice(0)) this.#host.forgetPredicate(number);
  };

  #add(fault) {
    const { world } = this.#host;
    if (!('when' in Object(fault))) {
      this.#rules.push(entered(() => world.addFault(fault)));
      return;
    }
    const { when, ...others } = fault;
    if (when === undefined) return this.#add(others);
    const number = this.#host.keepPredicate(when);
    this.#predicates.push(number);
    this.#rules.push(entered(() => world.addFault(others, number)));
  }

  /** What `using` calls. */
  [DISPOSE]() {
    this.dispose();
  }

  /** What `console.log` shows in Node. */
  [Symbol.for('nodejs.util.inspect.custom')](_depth, options, inspect) {
    return shown('Faults', () => ({ fitted: this.fitted, acted: this.acted }), options, inspect);
  }

  #living() {
    if (this.#rules.length === 0) return [];
    return entered(() => this.#host.world.faults()).filter(({ id }) => this.#rules.includes(id));
  }

  #counted(member) {
    return [...this.#told, ...this.#living()].reduce((sum, rule) => sum + rule[member], 0);
  }
}
