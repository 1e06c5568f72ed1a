/** Proxies of external key stores and the key managers behind them, as their owners see them. */

import { DISPOSE } from './mark.js';
import { entered } from './module.js';
import { shown } from './shown.js';
import { registerOne, said, Simulated } from './stores.js';
import { entryOf } from './texts.js';

/** A logical key store of a simulated external key store proxy. */
export class KeyStoreProxy extends Simulated {
  static kind = 'proxies';
  static label = 'KeyStoreProxy';
  #host;

  constructor(host, name) {
    super(host, name);
    this.#host = host;
  }

  /** The keys of the key manager that it shows. */
  get keys() {
    return new ExternalKeys(this);
  }

  /** Changes what is said. */
  set(members) {
    registerOne(this.#host, KeyStoreProxy.kind, this.name, entryOf(members, this.name));
  }

  /** Makes the proxy do something wrong until it is disposed of. */
  fault(fault) {
    return new ProxyFault(this, fault, this.#host);
  }

  /** A new credential, which CreateCustomKeyStore takes as it is. */
  credential() {
    return this.do('addCredential');
  }

  /** Adds a credential beside those that there are. */
  addCredential(credential) {
    return this.do('addCredential', credential);
  }

  /** Removes a credential. */
  removeCredential(accessKeyId) {
    this.do('removeCredential', { accessKeyId });
  }

  /** The file that the console of KMS takes, with a new credential. */
  configurationFile() {
    return this.do('configurationFile');
  }

  /** The requests that it has answered, behind the one with the number `after`, oldest first. */
  log(after = 0) {
    return entered(() => this.#host.world.proxyLog(this.name, after));
  }

  /** Does what has this name, of which the methods are the usual ones. */
  do(action, members = {}) {
    return entered(() => this.#host.world.onProxy(this.name, { do: action, ...said(members) }));
  }
}

/** The keys that a proxy shows, by their ids. */
class ExternalKeys {
  #proxy;

  constructor(proxy) {
    this.#proxy = proxy;
  }

  /** Makes a key, or changes what is said of one. */
  create(id, members = {}) {
    this.#proxy.set({ keys: { [id]: entryOf(members, id) } });
    return new ExternalKey(this.#proxy, id);
  }

  /** The key of this id; `undefined` where the proxy shows none. */
  get(id) {
    return Object.hasOwn(this.toJSON(), id) ? new ExternalKey(this.#proxy, id) : undefined;
  }

  /** Their ids. */
  ids() {
    return Object.keys(this.toJSON());
  }

  /** Removes a key, for ever. */
  remove(id) {
    this.#proxy.set({ keys: { [id]: null } });
  }

  /** What they are like, by their ids. */
  toJSON() {
    return this.#proxy.toJSON()?.keys ?? {};
  }

  /** What `console.log` shows in Node. */
  [Symbol.for('nodejs.util.inspect.custom')](_depth, options, inspect) {
    return shown('ExternalKeys', () => this.toJSON(), options, inspect);
  }

  /** What `for (const key of proxy.keys)` goes through. */
  * [Symbol.iterator]() {
    for (const id of this.ids()) yield new ExternalKey(this.#proxy, id);
  }
}

/** A key of a key manager, in which KMS has no part. */
class ExternalKey {
  #proxy;

  constructor(proxy, id) {
    this.#proxy = proxy;
    /** Its id. */
    this.id = id;
  }

  /** Switches it on. */
  enable() {
    this.#proxy.do('enableKey', { key: this.id });
  }

  /** Switches it off. */
  disable() {
    this.#proxy.do('disableKey', { key: this.id });
  }

  /** Gives it a new version of material. */
  rotate() {
    this.#proxy.do('rotateKey', { key: this.id });
  }

  /** Puts another key under its id. */
  replace() {
    this.#proxy.do('replaceKey', { key: this.id });
  }

  /** Deletes it, until it is restored. */
  delete() {
    this.#proxy.do('deleteKey', { key: this.id });
  }

  /** Brings it back. */
  restore() {
    this.#proxy.do('restoreKey', { key: this.id });
  }

  /** Changes what is said. */
  set(members) {
    this.#proxy.set({ keys: { [this.id]: entryOf(members, this.id) } });
  }

  /** What it is like. */
  toJSON() {
    return this.#proxy.toJSON()?.keys[this.id];
  }
}

/** Acts until it is disposed of. */
class ProxyFault {
  #proxy;
  #host;
  #id;

  constructor(proxy, fault, host) {
    this.#proxy = proxy;
    this.#host = host;
    this.#id = proxy.do('addFault', fault).id;
  }

  /** Ends it; may be passed on as it is, as to `after`. A second time does nothing. */
  dispose = () => {
    if (this.#id === undefined || this.#host.disposed) return;
    this.#proxy.do('removeFault', { id: this.#id });
    this.#id = undefined;
  };

  /** What `using` calls. */
  [DISPOSE]() {
    this.dispose();
  }
}
