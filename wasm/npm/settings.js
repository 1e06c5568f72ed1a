/** The settings of a world: quotas, lags and Regions, by their names. */

import { entered } from './module.js';
import { known } from './options.js';
import { shown } from './shown.js';
import { optionalText } from './texts.js';

/** What is set of a world; what is missing is as AWS has it. */
export class Settings {
  /** What `console.log` calls it. */
  static label = 'Settings';

  #host;
  #prefix;

  constructor(host, prefix) {
    this.#host = host;
    this.#prefix = prefix;
  }

  /** What is set under a name; `undefined` where nothing is. */
  get(name) {
    return entered(() => this.#host.world.settings())[this.#prefix + name];
  }

  /** Makes all of these settings, or none where one of them cannot be made; `null` takes a setting back. */
  update(settings) {
    const named = Object.entries(settings).map(([name, number]) => [this.#prefix + name, number]);
    entered(() => this.#host.world.set(Object.fromEntries(named)));
  }

  /** Everything that is set. */
  toJSON() {
    const told = Object.entries(entered(() => this.#host.world.settings()));
    const ours = told.filter(([name]) => name.startsWith(this.#prefix));
    return Object.fromEntries(ours.map(([name, number]) => [name.slice(this.#prefix.length), number]));
  }

  /** What `console.log` shows in Node. */
  [Symbol.for('nodejs.util.inspect.custom')](_depth, options, inspect) {
    return shown(this.constructor.label, () => this.toJSON(), options, inspect);
  }
}

/** The settings below `quota/`, and how much of every quota is used. */
export class Quotas extends Settings {
  static label = 'Quotas';

  #host;

  constructor(host) {
    super(host, 'quota/');
    this.#host = host;
  }

  /** Every quota of an account in a Region, with its limit and its usage. */
  used(of = {}) {
    known('used', of, ['account', 'region']);
    const [account, region] = [optionalText(of.account, 'the account'), optionalText(of.region, 'the Region')];
    return entered(() => this.#host.world.quotas(account, region));
  }
}
