/** The types of what custom key stores stand on: clusters, VPC endpoint services, proxies. */

/** What of a kind is registered, by name. */
export interface Registered<One, Members> extends Iterable<One> {
  /** Registers one, in place of a former one; a member that is not said is as KMS wants it. */
  create(name: string, members?: Members): One;
  /** The one of this name; `undefined` where none is registered. */
  get(name: string): One | undefined;
  /** Their names. */
  names(): string[];
  /** All of them in the form in which they are registered, without secrets. */
  toJSON(): Record<string, Members>;
}

/** All of them in one form: what `toJSON` gives, `register`, Python and HTTP read. */
export interface Stores {
  /**
   * Registers all of these entries, or none; `null` removes one.
   *
   * @throws Error with a sentence that names the place.
   */
  register(entries: StoreEntries): void;
  /** Everything that is registered, without secrets. */
  toJSON(): StoreEntries;
}

/** What is registered, by name. */
export interface StoreEntries {
  clusters?: Record<string, ClusterMembers | null>;
  endpointServices?: Record<string, EndpointServiceMembers | null>;
}

/** What a simulated CloudHSM cluster is like; a member that is not said is as KMS wants it. */
export interface ClusterMembers {
  account?: string;
  region?: string;
  /** KMS uses clusters that are `ACTIVE`. */
  state?: string;
  /** The certificate in PEM that CreateCustomKeyStore must be given; without one, every certificate is it. */
  trustAnchor?: string;
  /** What clusters have in common that were made of one another's backups. */
  lineage?: string;
  vpc?: string;
  /** By their ids. */
  subnets?: Record<string, { zone?: string; freeAddresses?: number; deleted?: boolean } | null>;
  /** Whether it lets the members of the cluster reach one another. */
  securityGroup?: boolean;
  /** Whether clients must show certificates of their own, which KMS cannot. */
  mutualTls?: boolean;
  /** Whether KMS reaches the cluster. */
  network?: boolean;
  /** Whether KMS itself fails in all that it does with the cluster. */
  kmsFault?: boolean;
  /** Whether commands of others keep it busy. */
  busy?: boolean;
  /** Whether a PKCS #11 session is free. */
  sessions?: boolean;
  /** `users` are `kmsuser`, or nobody. */
  hsms?: { zone: string; state?: string; users?: string[] }[];
  /** The user as whom KMS logs in; without a password, the cluster takes every one. */
  kmsuser?: {
    password?: string;
    failedLogins?: number;
    locked?: boolean;
    loggedInElsewhere?: boolean;
    secondFactor?: boolean;
  };
}

/** A cluster with everything in it. */
export interface ClusterDescription extends ClusterMembers {
  cluster: string;
  /** Whether some HSM has the user `kmsuser`. */
  hasKmsuser: boolean;
  /** Whether KMS is logged in, which it is while a key store is connected. */
  kmsIsLoggedIn: boolean;
  created: Date;
  keyCount: number;
  /** The keys: their ids in the cluster, and as labels the ARNs of the KMS keys. */
  keys: { id: string; label: string }[];
  backups: { backup: string; created: Date; keyCount: number }[];
}

/**
 * A simulated AWS CloudHSM cluster: what its owner can do with it, and what can break. Each method throws an `Error` with a
 * sentence where the cluster does not let it happen.
 */
export interface Cluster {
  readonly id: string;
  readonly name: string;
  /** The certificate that CreateCustomKeyStore must be given, in PEM; `undefined` where every one will do. */
  readonly trustAnchor: string | undefined;
  describe(): ClusterDescription;
  /** Breaks or mends what is said: `cluster.set({ network: false })`. */
  set(members: ClusterMembers): ClusterDescription;
  /** Adds an HSM, in the Availability Zone that has the fewest where none is said. */
  addHsm(zone?: string): ClusterDescription;
  /** Removes the newest HSM, of a zone or of all. */
  removeHsm(zone?: string): ClusterDescription;
  /** Makes `kmsuser` on all HSMs. */
  createUser(password: string): ClusterDescription;
  deleteUser(): ClusterDescription;
  /** Lets `kmsuser` in again, too, where it was locked out; not while KMS is logged in. */
  changePassword(password: string): ClusterDescription;
  /** Locks `kmsuser` out, as five wrong passwords do. */
  lock(): ClusterDescription;
  /** Logs some other tool in as `kmsuser`; a wrong password is counted. */
  logIn(password: string): ClusterDescription;
  logOut(): ClusterDescription;
  /** Deletes a key by its id in the cluster, or by the ARN of the KMS key. */
  deleteKey(key: string): ClusterDescription;
  /** Makes a backup, and gives its id. */
  backUp(): string;
  deleteBackup(backup: string): ClusterDescription;
  /** Makes a new cluster of a backup, the newest where none is said: the same certificate, users and keys. */
  restore(of?: ClusterMembers & { backup?: string; cluster?: string }): Cluster;
  /** From `UNINITIALIZED` to `INITIALIZED`. */
  initialize(): ClusterDescription;
  /** From `INITIALIZED` to `ACTIVE`. */
  activate(): ClusterDescription;
  /** Deletes the cluster; a last backup stays. */
  delete(): ClusterDescription;
  /** Does what has this name, of which the methods are the usual ones. */
  do(action: string, members?: object): ClusterDescription & Record<string, unknown>;
  /** Removes it. */
  remove(): void;
  /** What is registered of it, without secrets; `undefined` where nothing is. */
  toJSON(): ClusterMembers | undefined;
}

/** What a VPC endpoint service is like; a member that is not said is as KMS wants it. */
export interface EndpointServiceMembers {
  owner?: string;
  /** The private DNS name, or `null` for none. */
  privateDnsName: string | null;
  loadBalancer?: 'network' | 'gateway';
  zones?: string[];
  /** Who may make endpoints of it: service principals, ARNs, account ids, or `*`. */
  allowedPrincipals?: string[];
  acceptanceRequired?: boolean;
  domain?: 'verified' | 'pendingVerification' | 'failed';
  state?: 'Available' | 'Deleted';
}

/** A simulated VPC endpoint service. */
export interface EndpointService {
  readonly name: string;
  remove(): void;
  toJSON(): EndpointServiceMembers | undefined;
}
