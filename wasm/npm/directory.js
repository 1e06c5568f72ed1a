/** The directory of a world: who there is, and what their policies say. */

import { entered } from './module.js';
import { shown } from './shown.js';
import { entryOf, textOf } from './texts.js';

/** Principals, their policies, organizations, access keys and VPC endpoints, as the host of the world says. */
export class Directory {
  #host;

  constructor(host) {
    this.#host = host;
  }

  /** Registers a user, and gives the ARN. */
  user(arn, user = {}) {
    return this.#registered('principals', arn, user);
  }

  /** Registers a role, and gives the ARN. */
  role(arn, role = {}) {
    return this.#registered('principals', arn, role);
  }

  /** Registers a group, whose policies speak for the users in it, and gives the ARN. */
  group(arn, group = {}) {
    return this.#registered('principals', arn, group);
  }

  /** Registers a managed policy, and gives the ARN. */
  policy(arn, document) {
    return this.#registered('policies', arn, document);
  }

  /** Registers an organization, and gives the id. */
  organization(id, organization) {
    return this.#registered('organizations', id, organization);
  }

  /** Registers an access key, and gives the credentials that clients of the SDK take. */
  accessKey(accessKeyId, key = {}) {
    this.#registered('accessKeys', accessKeyId, key);
    return { accessKeyId, secretAccessKey: key.secret ?? 'any' };
  }

  /** Registers a VPC endpoint, and gives the id. */
  vpcEndpoint(id, endpoint = {}) {
    return this.#registered('vpcEndpoints', id, endpoint);
  }

  /** Removes principals and policies by their ARNs, and what else is registered by its id: all of them, or none. */
  remove(...names) {
    for (const name of names) textOf(name, 'what is removed');
    entered(() => this.#host.world.unregister(names));
  }

  /** Registers all of these entries, or none; `null` removes one. */
  register(entries) {
    entered(() => this.#host.world.register(entries));
  }

  /** Everything that is registered, without secrets, in the form that `register` reads. */
  toJSON() {
    return entered(() => this.#host.world.directory());
  }

  /** What `console.log` shows in Node. */
  [Symbol.for('nodejs.util.inspect.custom')](_depth, options, inspect) {
    return shown('Directory', () => this.toJSON(), options, inspect);
  }

  #registered(kind, name, said) {
    this.register({ [kind]: { [name]: entryOf(said, name) } });
    return name;
  }
}
