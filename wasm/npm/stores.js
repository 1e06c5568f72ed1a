/**
 * What custom key stores stand on: simulated CloudHSM clusters, VPC endpoint services, and external key store proxies.
 *
 * These classes name entries of one form, which the core reads, and actions of an owner, which the core knows.
 */

import { entered } from './module.js';
import { shown } from './shown.js';
import { entryOf } from './texts.js';

/** Something that a custom key store stands on, by its name. */
export class Simulated {
  #host;

  constructor(host, name) {
    this.#host = host;
    /** The id of a cluster, the name of a service, the address of a proxy. */
    this.name = name;
  }

  /** What is registered of it, without secrets; `undefined` where nothing is. */
  toJSON() {
    return entered(() => this.#host.world.storesSetup())[this.constructor.kind]?.[this.name];
  }

  /** Removes it; of a cluster, its backups stay. */
  remove() {
    registerOne(this.#host, this.constructor.kind, this.name, null);
  }

  /** What `console.log` shows in Node. */
  [Symbol.for('nodejs.util.inspect.custom')](_depth, options, inspect) {
    return shown(this.constructor.label, () => this.toJSON(), options, inspect);
  }
}

/** What of a kind is registered, by name. */
export class Registered {
  #host;
  #One;

  constructor(host, One) {
    this.#host = host;
    this.#One = One;
  }

  /** Registers one, in place of a former one. */
  create(name, members = {}) {
    registerOne(this.#host, this.#One.kind, name, entryOf(members, name));
    return new this.#One(this.#host, name);
  }

  /** The one of this name; `undefined` where none is registered. */
  get(name) {
    return Object.hasOwn(this.toJSON(), name) ? new this.#One(this.#host, name) : undefined;
  }

  /** Their names. */
  names() {
    return Object.keys(this.toJSON());
  }

  /** All of them in the form in which they are registered, without secrets. */
  toJSON() {
    return entered(() => this.#host.world.storesSetup())[this.#One.kind] ?? {};
  }

  /** What `for (const one of ...)` goes through. */
  * [Symbol.iterator]() {
    for (const name of this.names()) yield new this.#One(this.#host, name);
  }

  /** What `console.log` shows in Node. */
  [Symbol.for('nodejs.util.inspect.custom')](_depth, options, inspect) {
    return shown('', () => this.toJSON(), options, inspect);
  }
}

/** All of them in one form: what `toJSON` gives, `register`, Python and HTTP read. */
export class Stores {
  #host;
  #Proxy;

  constructor(host, Proxy) {
    this.#host = host;
    this.#Proxy = Proxy;
  }

  /** The simulated external key store proxies. */
  get proxies() {
    return new Registered(this.#host, this.#Proxy);
  }

  /** Registers all of these entries, or none; `null` removes one. */
  register(entries) {
    entered(() => this.#host.world.registerStores(entries));
  }

  /** Everything that is registered, without secrets. */
  toJSON() {
    return entered(() => this.#host.world.storesSetup());
  }

  /** What `console.log` shows in Node. */
  [Symbol.for('nodejs.util.inspect.custom')](_depth, options, inspect) {
    return shown('Stores', () => this.toJSON(), options, inspect);
  }
}

/** Registers one entry. */
export function registerOne(host, kind, name, entry) {
  entered(() => host.world.registerStores({ [kind]: { [name]: entry } }));
}

/** The members that are said. */
export function said(members) {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
