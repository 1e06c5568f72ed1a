/** Simulated AWS CloudHSM clusters and VPC endpoint services, as their owners see them. */

import { entered } from './module.js';
import { said, Simulated } from './stores.js';

/** A simulated AWS CloudHSM cluster: what its owner can do with it, and what can break. */
export class Cluster extends Simulated {
  static kind = 'clusters';
  static label = 'Cluster';
  #host;

  constructor(host, id) {
    super(host, id);
    this.#host = host;
  }

  /** Its id. */
  get id() {
    return this.name;
  }

  /** The certificate that CreateCustomKeyStore must be given; `undefined` where every one will do. */
  get trustAnchor() {
    return this.toJSON()?.trustAnchor;
  }

  /** The cluster with its keys and backups. */
  describe() {
    return this.do('describe');
  }

  /** Breaks or mends what is said. */
  set(members) {
    return this.do('set', members);
  }

  /** Adds an HSM, in the Availability Zone that has the fewest where none is said. */
  addHsm(zone) {
    return this.do('addHsm', { zone });
  }

  /** Removes the newest HSM, of a zone or of all. */
  removeHsm(zone) {
    return this.do('removeHsm', { zone });
  }

  /** Makes `kmsuser` on all HSMs. */
  createUser(password) {
    return this.do('createUser', { password });
  }

  /** Deletes `kmsuser` from all HSMs. */
  deleteUser() {
    return this.do('deleteUser');
  }

  /** Changes the password of `kmsuser`, and lets it in again. */
  changePassword(password) {
    return this.do('changePassword', { password });
  }

  /** Locks `kmsuser` out. */
  lock() {
    return this.do('lock');
  }

  /** Logs some other tool in as `kmsuser`. */
  logIn(password) {
    return this.do('logIn', { password });
  }

  /** Logs it out again. */
  logOut() {
    return this.do('logOut');
  }

  /** Deletes a key by its id in the cluster, or by the ARN of the KMS key. */
  deleteKey(key) {
    return this.do('deleteKey', { key });
  }

  /** Makes a backup, and gives its id. */
  backUp() {
    return this.do('backUp').backup;
  }

  /** Deletes a backup. */
  deleteBackup(backup) {
    return this.do('deleteBackup', { backup });
  }

  /** Makes a new cluster of a backup, the newest where none is said. */
  restore({ backup, cluster, ...members } = {}) {
    const told = this.do('restore', { backup, cluster, members });
    return new Cluster(this.#host, told.cluster);
  }

  /** From `UNINITIALIZED` to `INITIALIZED`. */
  initialize() {
    return this.do('initialize');
  }

  /** From `INITIALIZED` to `ACTIVE`. */
  activate() {
    return this.do('activate');
  }

  /** Deletes the cluster; a last backup stays. */
  delete() {
    return this.do('delete');
  }

  /** Does what has this name, of which the methods are the usual ones. */
  do(action, members = {}) {
    return entered(() => this.#host.world.onCluster(this.name, { do: action, ...said(members) }));
  }
}

/** A simulated VPC endpoint service. */
export class EndpointService extends Simulated {
  static kind = 'endpointServices';
  static label = 'EndpointService';
}
