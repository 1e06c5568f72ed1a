/** Serves clients of the AWS SDK that other code has made, for as long as somebody wants. */

import { DISPOSE } from './mark.js';

/** The seams of intercepted classes, by their prototypes. */
const SEAMS = new WeakMap();

/** What the classes themselves send by, by what stands in its place. */
const OWN = new WeakMap();

/** Serves every client of the class `Client` by `handler`; ends with the block of `using`, or when it is disposed of. */
export function intercept(Client, handler, credentials) {
  const prototype = Client?.prototype;
  if (typeof prototype?.send !== 'function') {
    throw new TypeError('intercept takes the class of clients, such as KMSClient of @aws-sdk/client-kms');
  }
  const seam = SEAMS.get(prototype) ?? new Seam(prototype);
  const server = { handler, credentials };
  seam.enter(server);
  const dispose = () => seam.leave(server);
  return { dispose, [DISPOSE]: dispose };
}

/** Stands between the clients of one class and the middleware of the SDK. */
class Seam {
  #prototype;
  /** The `send` of the class itself, which most classes inherit and do not have. */
  #own;
  /** What stands in its place. */
  #instead;
  /** Who serves, the innermost last; they may end in any order. */
  #servers = [];
  /** What the configurations of clients held before they were served: it keeps no client alive. */
  #before = new WeakMap();
  #served = new Set();
  #gone = new FinalizationRegistry((reference) => this.#served.delete(reference));

  constructor(prototype) {
    this.#prototype = prototype;
  }

  enter(server) {
    if (this.#servers.length === 0) this.#install();
    this.#servers.push(server);
  }

  leave(server) {
    if (!this.#servers.includes(server)) return;
    this.#servers = this.#servers.filter((other) => other !== server);
    if (this.#servers.length === 0) this.#remove();
  }

  #install() {
    const seam = this;
    // The class above may be intercepted, too, and may end before this one does.
    const send = OWN.get(this.#prototype.send) ?? this.#prototype.send;
    this.#own = Object.getOwnPropertyDescriptor(this.#prototype, 'send');
    const value = function (command, options, callback) {
      return seam.#serve(this, () => {
        // With options the SDK takes none of the handlers that it keeps for this client.
        return typeof options === 'function' ? send.call(this, command, {}, options) : send.call(this, command, options ?? {}, callback);
      });
    };
    OWN.set(value, send);
    this.#instead = value;
    Object.defineProperty(this.#prototype, 'send', { value, configurable: true, writable: true });
    SEAMS.set(this.#prototype, this);
  }

  #remove() {
    // Another library may stand in the place of this seam, as mocks do, and give it back to the class later.
    if (this.#prototype.send === this.#instead) {
      if (this.#own) Object.defineProperty(this.#prototype, 'send', this.#own);
      else delete this.#prototype.send;
    }
    SEAMS.delete(this.#prototype);
    for (const reference of this.#served) {
      const config = reference.deref();
      if (config !== undefined) Object.defineProperties(config, this.#before.get(config));
    }
    this.#served.clear();
  }

  /** The SDK takes the handler from the configuration while it begins to send, and at no other time. */
  #serve({ config }, send) {
    const handler = this.#servers.at(-1)?.handler;
    if (handler === undefined) return send();
    this.#prepare(config);
    const { requestHandler } = config;
    config.requestHandler = handler.inPlaceOf(requestHandler);
    try {
      return send();
    } finally {
      config.requestHandler = requestHandler;
    }
  }

  /** Lets a client that has neither credentials nor a Region send what it is told to. */
  #prepare(config) {
    if (this.#before.has(config)) return;
    const before = {};
    const replace = (name, instead) => {
      const own = config[name];
      if (typeof own !== 'function') return;
      before[name] = Object.getOwnPropertyDescriptor(config, name);
      const value = instead(own);
      Object.defineProperty(config, name, { value, configurable: true, enumerable: true, writable: true });
    };
    replace('credentials', (own) => (...wish) => this.#credentials(() => own(...wish)));
    replace('signer', (own) => async (...wish) => this.#signer(await own(...wish)));
    replace('region', (own) => () => own().catch(() => 'us-east-1'));
    // It reads the Region, too.
    replace('useFipsEndpoint', (own) => () => own().catch(() => false));
    this.#before.set(config, before);
    const reference = new WeakRef(config);
    this.#served.add(reference);
    this.#gone.register(config, reference);
  }

  /** Signers of SDKs before 3.775, and those that a client is given, took their credentials before they were replaced. */
  #signer(signer) {
    if (typeof signer?.credentialProvider !== 'function') return signer;
    const own = signer.credentialProvider;
    return Object.create(signer, { credentialProvider: { value: (...wish) => this.#credentials(() => own(...wish)) } });
  }

  /** The client's own credentials where it has some: they may say who calls. No machine of a cloud is asked for any. */
  async #credentials(own) {
    const { credentials } = this.#servers.at(-1) ?? {};
    const { env } = globalThis.process ?? { env: {} };
    const asked = env.AWS_EC2_METADATA_DISABLED;
    env.AWS_EC2_METADATA_DISABLED = 'true';
    try {
      return await own();
    } catch (error) {
      // Where STS has refused them, the client has some, and the world's own would hide it.
      if (credentials === undefined || error?.$metadata?.httpStatusCode !== undefined) throw error;
      return credentials;
    } finally {
      if (asked === undefined) delete env.AWS_EC2_METADATA_DISABLED;
      else env.AWS_EC2_METADATA_DISABLED = asked;
    }
  }
}
