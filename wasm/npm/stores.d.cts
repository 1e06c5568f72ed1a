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
  /** The simulated external key store proxies, by their endpoints and prefixes; `kms.proxy` registers one. */
  readonly proxies: Registered<KeyStoreProxy, ProxyMembers>;
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
  proxies?: Record<string, ProxyMembers | null>;
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

/** What CreateCustomKeyStore takes as `XksProxyAuthenticationCredential`. */
export interface ProxyCredential {
  AccessKeyId: string;
  RawSecretAccessKey: string;
}

/** What a key of a key manager is like. */
export interface ExternalKeyMembers {
  /** `AES_256` is what KMS takes. */
  spec?: string;
  usages?: ('ENCRYPT' | 'DECRYPT' | 'SIGN' | 'VERIFY' | 'WRAP' | 'UNWRAP')[];
  status?: 'ENABLED' | 'DISABLED' | 'DELETED';
  /** 32 bytes; random ones without them. */
  material?: Uint8Array;
}

/** What a proxy does instead of what it should; limits that are not said fit every request. */
export interface ProxyFaultRule {
  fault:
    | 'error'
    | 'response'
    | 'member'
    | 'flip'
    | 'unreachable'
    | 'tls'
    | 'timeout'
    | 'delay'
    | 'ignoreAdditionalData'
    | 'otherPlaintext'
    | 'internal';
  /** The id of the key store that asks. */
  store?: string;
  operation?: 'GetHealthStatus' | 'GetKeyMetadata' | 'Encrypt' | 'Decrypt';
  /** The operation of KMS for which the proxy is asked, or `KmsHealthCheck`. */
  kmsOperation?: string;
  /** The id of the external key. */
  key?: string;
  /** How many requests it hits. */
  times?: number;
  /** It ends then, such as `2027-01-01T00:00:00Z`. */
  until?: string;
  /** Of `error`: such as `ThrottlingException`. */
  errorName?: string;
  errorMessage?: string;
  /** Of `response` and `error`. */
  status?: number;
  body?: string;
  /** Of `response`: the body is repeated until it has this many bytes. */
  length?: number;
  contentType?: string;
  location?: string;
  /** Of `member` and `flip`: which member of the answer. */
  member?: string;
  /** Of `member`: what it has instead; without it, it is left out. */
  value?: unknown;
  /** Of `unreachable`, `tls` and `timeout`. */
  reason?: string;
  /** Of `delay`. */
  milliseconds?: number;
}

/** What a proxy is like. A member that is not said stays as it is, and `null` is what it was at first. */
export interface ProxyMembers {
  /** The Region whose KMS it serves. */
  region?: string | null;
  /** Who may ask. */
  credentials?: (ProxyCredential | { accessKeyId: string; rawSecretAccessKey?: string })[] | null;
  /** The keys that it shows: their ids, or what they are like by their ids. */
  keys?: string[] | Record<string, ExternalKeyMembers | null> | null;
  /** What it authorizes, such as `{ operation: 'Decrypt' }`; `*` stands for anything. */
  rules?: Record<string, string | string[]>[] | null;
  /** The instances of the key manager. */
  managers?: { id?: string; model?: string; healthStatus?: 'ACTIVE' | 'DEGRADED' | 'UNAVAILABLE' }[] | null;
  faults?: ProxyFaultRule[] | null;
  /** The proxy's side of TLS, as KMS finds it. */
  certificate?: {
    subject?: string;
    notAfter?: string;
    trusted?: boolean;
    complete?: boolean;
    protocols?: string[];
    clientCertificate?: boolean;
  } | null;
  /** How long an answer takes: milliseconds, or a text such as `100ms`. */
  latency?: number | string | null;
  /** By how much its clock is ahead, or with a minus sign behind. */
  clockOffset?: number | string | null;
  /** What each ciphertext has as its metadata: at most 20 bytes. */
  metadata?: Uint8Array | string | null;
  initializationVector?: 12 | 16 | null;
  /** How many requests it answers per second. */
  requestLimit?: number | null;
  maxPlaintext?: number | null;
  maxAdditionalData?: number | null;
  /** Whether it refuses everything. */
  blocked?: boolean | null;
}

/** A key of a key manager, in which KMS has no part. */
export interface ExternalKey {
  readonly id: string;
  enable(): void;
  disable(): void;
  /** Gives it a new version of material; what the others have encrypted can still be decrypted. */
  rotate(): void;
  /** Puts another key under its id: what it has encrypted is lost. */
  replace(): void;
  /** Deletes it, until it is restored. */
  delete(): void;
  restore(): void;
  /** Changes what is said. */
  set(members: ExternalKeyMembers): void;
  toJSON(): (ExternalKeyMembers & { versions: number }) | undefined;
}

/** The keys that a proxy shows, by their ids. */
export interface ExternalKeys extends Iterable<ExternalKey> {
  /** Makes a key, or changes what is said of one. */
  create(id: string, members?: ExternalKeyMembers): ExternalKey;
  get(id: string): ExternalKey | undefined;
  ids(): string[];
  /** Removes a key, for ever. */
  remove(id: string): void;
  toJSON(): Record<string, ExternalKeyMembers & { versions: number }>;
}

/** Something that a proxy does wrong, until it is disposed of; a second time does nothing. */
export interface ProxyFault extends Disposable {
  /** Ends it; may be passed on as it is, as to `after`. */
  readonly dispose: () => void;
}

/** A logical key store of a simulated external key store proxy: what its owner can do with it, and what can break. */
export interface KeyStoreProxy {
  /** The endpoint, and the prefix of the path where there is one. */
  readonly name: string;
  /** The keys of the key manager that it shows: `proxy.keys.get('foo').disable()`. */
  readonly keys: ExternalKeys;
  /** Changes what is said: `proxy.set({ blocked: true })`. */
  set(members: ProxyMembers): void;
  /** Makes the proxy do something wrong until it is disposed of, or to the end of the block with `using`. */
  fault(fault: ProxyFaultRule): ProxyFault;
  /** A new credential, which CreateCustomKeyStore takes as it is. */
  credential(): ProxyCredential;
  /** Adds a credential beside those that there are. */
  addCredential(credential: { accessKeyId: string; rawSecretAccessKey: string }): ProxyCredential;
  removeCredential(accessKeyId: string): void;
  /** The file that the console of KMS takes, with a new credential. */
  configurationFile(): { XksProxyUriPath: string; XksProxyAuthenticationCredential: ProxyCredential };
  /** The requests that it has answered, behind the one with the number `after`, oldest first. */
  log(after?: number): ProxyLogEntry[];
  /** Does what has this name, of which the methods are the usual ones. */
  do(action: string, members?: object): unknown;
  /** Removes it. */
  remove(): void;
  /** What is registered of it, without secrets; `undefined` where nothing is. */
  toJSON(): ProxyMembers | undefined;
}

/** A request that a proxy has answered. */
export interface ProxyLogEntry {
  /** Counts them from 1. */
  number: number;
  time: Date;
  operation: string;
  key: string | null;
  /** What the request says of who asks. */
  metadata: Record<string, string>;
  /** 0 where there was no answer. */
  status: number;
  error: string | null;
  milliseconds: number;
  /** The faults that hit it. */
  faults: ProxyFaultRule['fault'][];
}

/** What has become of a request to the proxy of an external key store. */
export interface HealthCheck {
  /** The account, the Region and the id of the store. */
  store: string;
  /** The operation of KMS; `KmsHealthCheck` where no call has asked. */
  kmsOperation: string;
  /** The operation of the proxy. */
  proxyOperation: string;
  /** The name of the error; `null` for a success. */
  outcome: string | null;
  /** Whether the error may go away when it is tried again; `null` for a success. */
  retryable: boolean | null;
  /** How long it took. */
  millis: number;
  /** The certificate of the proxy, where it is known. */
  certificate?: { subject: string; not_after: Date };
  /** How many instances of the key manager are in each state. */
  managers?: { active: number; degraded: number; unavailable: number };
  /** What the proxy said of its error. */
  message?: string;
}
