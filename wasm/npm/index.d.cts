/** The types of pocket-kms; those of requests and replies are printed from the core's tables. */

/// <reference lib="esnext.disposable" />

import type { Audit } from './audit.cjs';
import type { Traced } from './course.cjs';
import type { Decision, Denial, Explanation } from './decisions.cjs';
import type { Caller, Directory, Origin, PolicyDocument } from './directory.cjs';
import type { ActedFault, Fault, FaultName, FaultRule, Faults } from './faults.cjs';
import type { Diagnosis, InspectOptions, Inspection } from './inspection.cjs';
import type { Operations, RecipientInfo } from './operations.cjs';
import type { Bytes, ModuleSource, Options, RecipeOptions } from './options.cjs';
import type {
  Exposure, ExposureOptions, SimulateOptions, WhatCan, WhatCanOptions, WhoCan, WhoCanOptions,
} from './questions.cjs';
import type {
  Cluster, ClusterMembers, EndpointService, EndpointServiceMembers, HealthCheck, KeyStoreProxy, ProxyMembers, Registered,
  Stores,
} from './stores.cjs';
import type {
  ExportFormat, Exported, Finding, LintOptions, Loaded, LoadOptions, Performed, Recipe, Template, TemplateOptions,
  WorldRecipe,
} from './templates.cjs';

export type * from './audit.cjs';
export type * from './course.cjs';
export type * from './decisions.cjs';
export type * from './directory.cjs';
export type * from './faults.cjs';
export type * from './inspection.cjs';
export type * from './metrics.cjs';
export type * from './operations.cjs';
export type * from './options.cjs';
export type * from './privilege.cjs';
export type * from './questions.cjs';
export type * from './records.cjs';
export type * from './stores.cjs';
export type * from './templates.cjs';

/** The name of an operation, such as `Encrypt`. */
export type OperationName = keyof Operations;

/** Who calls, and from where. */
export interface Sender {
  /**
   * An account id, the ARN of a principal or the name of a service, and with its session a structure. Without it, clients
   * call as whom their credentials name, and `call` as the root user of the world's account.
   */
  caller?: string | Caller | undefined;
  /** From where: what policies can ask of a call beside its caller. */
  origin?: Origin | undefined;
}

/** How the calls of SDK clients are served. */
export interface HandlerOptions extends Sender {
  /**
   * For how many milliseconds a client waits for an answer, such as one that a fault keeps back, before it gets a
   * `TimeoutError`. An option of `client.send` with the same name says it for one call. Without both, a client waits for
   * ever. An intercepted client waits for as long as its own handler.
   */
  requestTimeout?: number | undefined;
}

/** Where a call arrives, from whom and from where. */
export interface CallOptions extends Sender {
  /** The Region in which the call arrives; `us-east-1` without it. */
  region?: string | undefined;
}

/** The input may be left out where the operation requires nothing. */
export type CallArguments<Input> = {} extends Input
  ? [input?: Input, options?: CallOptions]
  : [input: Input, options?: CallOptions];

/** All accounts and Regions of one simulated AWS, in memory. */
export class PocketKms implements Disposable {
  private constructor();

  /** A new world. */
  static create(options?: Options): Promise<PocketKms>;

  /**
   * A new world of what a template says: `PocketKms.fromTemplate('template.yaml', { parameters: { Stage: 'test' } })`.
   * The first one loads the module of templates.
   *
   * @throws Error with file, line and column; KmsError where KMS refuses a step.
   */
  static fromTemplate(template: Template, options?: Options & TemplateOptions): Promise<PocketKms>;

  /**
   * A new world of a recipe, as `recipe()` of another one gives it, all of it or nothing: the same to the byte. It keeps its
   * own recipe unless `keepRecipe` is false.
   *
   * @throws Error with a sentence that says what is wrong, and in which step.
   */
  static fromRecipe(recipe: WorldRecipe | string, options?: RecipeOptions): Promise<PocketKms>;

  /** A new world of a link, as `link()` of another one gives it; of a whole address, or what stands behind `#/world/`. */
  static fromLink(link: string, options?: RecipeOptions): Promise<PocketKms>;

  /** The recipe that a link carries, as JSON text: to be looked at, for nothing of it is done. */
  static recipeOf(link: string): Promise<string>;

  /** Where the module of templates is; may be set where a host does not find it. */
  static templates?: () => ModuleSource | Promise<ModuleSource>;

  /**
   * The world of a snapshot; its history begins with it.
   *
   * @throws Error when the bytes are not a snapshot, or the root key does not open it.
   */
  static restore(bytes: Bytes, rootKey: Bytes, options?: Pick<Options, 'history' | 'audit' | 'module' | 'proxies' | 'proxyCa'>): Promise<PocketKms>;

  /**
   * Which build of the WebAssembly module runs: `wide-arithmetic` where the engine knows it, `given` where `create` was
   * given one; `undefined` before it is loaded.
   */
  static readonly build: 'baseline' | 'wide-arithmetic' | 'given' | undefined;

  /** The world's clock. */
  readonly clock: Clock;

  /** The account of callers that name none. */
  readonly account: string;

  /** When something falls due next; `null` when nothing does. */
  readonly nextDeadline: Date | null;

  /**
   * What falls due, soonest first, as things stand: at most so much. Of a key that rotates every year it has the next
   * rotation.
   * @param most 1000 by default.
   */
  deadlines(most?: number): Deadline[];

  /**
   * Makes a call: structures are objects, blobs `Uint8Array`, timestamps `Date`.
   *
   * @throws KmsError when the call is refused.
   */
  call<Name extends OperationName>(
    operation: Name,
    ...rest: CallArguments<Operations[Name][0]>
  ): Promise<Operations[Name][1]>;

  /** The same for an operation whose name is not a literal type. */
  call<Name extends OperationName>(
    operation: Name,
    input: Operations[Name][0],
    options?: CallOptions,
  ): Promise<Operations[Name][1]>;

  /**
   * Makes a call, and tells what happened in order: a refusal is told as `error`, and not thrown.
   *
   * @throws KmsError where the input or the sender cannot be read.
   */
  trace<Name extends OperationName>(
    operation: Name,
    input?: Operations[Name][0],
    options?: CallOptions,
  ): Promise<Traced<Operations[Name][1]>>;

  /**
   * What would become of a call, and why: nothing is performed, and nothing changes.
   *
   * @throws KmsError where the input or the sender cannot be read.
   */
  explain<Name extends OperationName>(
    operation: Name,
    input?: Operations[Name][0],
    options?: CallOptions,
  ): Explanation;

  /** The calls that were denied, behind the one with the number `after`, oldest first. */
  denials(after?: number): Denial[];

  /** What was recorded of calls, as CloudTrail, CloudWatch and EventBridge tell it, and what a test expects of it. */
  readonly audit: Audit;

  /** Who there is, and what their policies say. */
  readonly directory: Directory;

  /**
   * Who can do something, by which paths, and under which conditions: `kms.whoCan('kms:Decrypt', 'alias/orders')`. A key is
   * its id, its ARN, or the name or the ARN of an alias; actions on no key have none.
   *
   * @throws KmsError where the question cannot be read, with a sentence that names the place.
   */
  whoCan(action: string, key?: string, options?: WhoCanOptions): WhoCan;

  /** What somebody can do, with which keys: an account, the ARN of a principal, or the name of a service. */
  whatCan(principal: string, options?: WhatCanOptions): WhatCan;

  /** What would become of a call by policies that are not installed; what is not said is as it is. */
  simulate<Name extends OperationName>(
    operation: Name,
    input?: Operations[Name][0],
    options?: SimulateOptions,
  ): Explanation;

  /** Whether anybody outside can ever use a key, whatever the context of a request. */
  exposure(key: string, options?: ExposureOptions): Exposure;

  /** What custom key stores stand on, as one structure. */
  readonly stores: Stores;

  /**
   * The simulated AWS CloudHSM clusters: `kms.clusters.create('cluster-2ab3cdefghi', { kmsuser: { password } })`. Until the
   * first one is registered, every cluster that a key store names exists and is as KMS wants it.
   */
  readonly clusters: Registered<Cluster, ClusterMembers>;

  /** The simulated VPC endpoint services, by which external key stores reach their proxies. */
  readonly endpointServices: Registered<EndpointService, EndpointServiceMembers>;

  /**
   * Registers a simulated external key store proxy, or changes what is said of one:
   * `kms.proxy('https://xks.example.com/prefix', { keys: ['foo'] })`.
   *
   * @throws Error with a sentence that names the place.
   */
  proxy(name: string, members?: ProxyMembers): KeyStoreProxy;

  /**
   * Brings keys, aliases, grants, principals and policies of a template into this world: all of it, or nothing.
   *
   * @throws Error with file, line and column; KmsError where KMS refuses a step.
   */
  loadTemplate(template: Template, options?: LoadOptions): Promise<Loaded>;

  /**
   * Performs a recipe, all of it or nothing: steps as data that register, set, call and advance the clock.
   *
   * @throws KmsError with a sentence that names the step.
   */
  perform(recipe: Recipe | string): Performed;

  /**
   * The recipe of what was done to this world so far: its seed, its time, and steps as data. Whoever has it can make this
   * world again, with every key and all that was said.
   *
   * @throws Error with a sentence that says why there is none: no seed, `keepRecipe` was not said, or something was done
   * that no recipe can tell.
   */
  recipe(): WorldRecipe;

  /**
   * A link that carries this world: the address of a page, and behind `#/world/` the recipe, compressed; without `base`
   * only what stands from `#` on.
   *
   * @throws Error where there is no recipe, or it is too long: a link has at most 65,536 characters.
   */
  link(base?: string): Promise<string>;

  /** Everything that is in this world as data, without secrets. */
  inventory(): Record<string, unknown>;

  /** What a policy does not do as its author may think, in the order in which it stands there. */
  lint(policy: PolicyDocument, options?: LintOptions): Promise<Finding[]>;

  /**
   * Keys, policies, aliases, grants and principals of this world as infrastructure code. What is read of the files again
   * decides alike.
   */
  export(format: ExportFormat): Promise<Exported>;

  /** What `new KMSClient(kms.clientConfig())` of `@aws-sdk/client-kms` needs to be served in process. */
  clientConfig(options?: CallOptions & HandlerOptions): ClientConfig;

  /**
   * Serves every client of a class, such as `KMSClient`, in process, whoever makes it: until it is disposed of, or to the
   * end of the block with `using`. A client without credentials calls as the root user of the world's account, one
   * without a Region calls `us-east-1`.
   *
   * @throws TypeError when it is not a class of clients.
   */
  intercept(Client: ClientClass, sender?: Sender): Interception;

  /**
   * Serves `new KMSClient({ region, credentials, requestHandler })` of `@aws-sdk/client-kms` in process, and clients of STS.
   * The error of a client whose caller was denied has the members of `Denied`.
   */
  requestHandler(options?: HandlerOptions): RequestHandler;

  /**
   * Starts a simulated Nitro enclave, by default in debug mode. From the first one on, this world also trusts documents
   * under its own test root; no real KMS does.
   *
   * @throws KmsError when no enclave can have these options.
   */
  enclave(wish?: EnclaveOptions): Promise<Enclave>;

  /** What a symmetric ciphertext blob says about itself, without decrypting it; `null` for other bytes. */
  inspect(blob: Bytes): Inspection | null;

  /**
   * Whether Decrypt would open a blob under a key and an encryption context, and where not, which of them differs: for the
   * owner of a world. No call of KMS tells it, and no plaintext is given.
   *
   * @throws KmsError where the key is an alias that leads to no key, or an option cannot be read.
   */
  inspect(blob: Bytes, options: InspectOptions): Diagnosis;

  /**
   * Asks the proxies of connected external key stores how they are, as AWS does every five minutes; those that were asked less
   * than five minutes ago are left alone. Nothing does it by itself, and it changes no connection.
   */
  checkExternalKeyStores(): Promise<HealthCheck[]>;

  /** What is set of this world: quotas, lags, Regions. */
  readonly settings: Settings;

  /** The quotas among the settings, without `quota/`, and how much of each is used. */
  readonly quotas: Quotas;

  /**
   * Makes calls meet faults until it is disposed of, or to the end of the block with `using fault = kms.fault(...)`; they
   * are tried in their order. A connection that breaks, or a status without a body, rejects `call` with an `Error` that is
   * not a `KmsError`.
   *
   * @throws KmsError where there is no such fault.
   */
  fault(...faults: Fault[]): Faults;

  /** The faults that calls have met, behind the one with the number `after`, oldest first. */
  actedFaults(after?: number): ActedFault[];

  /** The faults that calls of this world meet now, in the order in which they are tried. */
  faultRules(): FaultRule[];

  /**
   * A fork of this world as it was at an instant (`Date`, or a text that says its offset from UTC), or right after a
   * change of the journal (its number). What had fallen due by then has happened in it, its keys have the secrets of then,
   * and its clock stands. A later instant than now is as good.
   *
   * @throws Error where the world has kept no state of then: see `Options.history`.
   */
  at(then: Date | string | number): PocketKms;

  /** A second world that begins as this one is now, and shares nothing with it from then on. */
  fork(): PocketKms;

  /** The world as bytes, secrets sealed under a root key of 32 bytes. */
  snapshot(rootKey: Bytes): Uint8Array;

  /** The journal behind the change with the number `after`, oldest first. */
  changes(after?: number): Change[];

  /** What fell due behind the change with the number `after`, oldest first: rotations, deletions, expiries. */
  events(after?: number): DueEvent[];

  /** Answers any AWS SDK, CLI or tool, and the administration below `/_pocket-kms`; in Node alone. */
  serve(options?: ServeOptions): Promise<Server>;

  /** Answers as the external key store proxies that are registered, below their prefixes; in Node alone. */
  serveProxies(options?: Omit<ServeOptions, 'cors'>): Promise<Server>;

  /**
   * Frees the world at once; otherwise the garbage collector frees it. It may be passed on as it is, as to `after`, and a
   * second time does nothing.
   */
  readonly dispose: () => void;

  /** What `using kms = ...` calls at the end of the block. */
  [Symbol.dispose](): void;
}

/** Runs with the host's clock or is frozen, and moves when its owner sets it. */
export interface Clock {
  /** The world's time. */
  readonly now: Date;
  /** Whether it is frozen. */
  readonly frozen: boolean;
  /**
   * Sets the clock, forward or back, to an instant as in `Options.now`; it stays running or frozen. To set it back is harmless:
   * what has happened stays, no rotation happens twice, and what is to fall due keeps its instant.
   */
  set(time: Date | number | string): void;
  /** Moves the clock forward by milliseconds or by a text such as `30d`, and settles what falls due. */
  advance(span: number | string): void;
  /** Freezes the clock where it is, or at a given time. */
  freeze(time?: Date | number | string): void;
  /** Lets the clock run on from where it is. */
  resume(): void;
}

/** One change in the journal: a row put, or removed. Secrets are never part of it. */
export interface Change {
  /** Counts changes from 1. */
  number: number;
  /** When the change was applied, by the world's clock. */
  time: Date;
  /** The operation that caused it; `null` where no call did. */
  operation: OperationName | null;
  /** The id of its request, by which its record can be found; `null` where no call did it. */
  requestId: string | null;
  /** What fell due; `null` where that was not the cause. */
  due: Due | null;
  /** The fault that the call has met, or `null`. */
  fault: FaultName | null;
  /** The table. */
  table: string;
  /** The name of the row. */
  key: string;
  /** The row as it is from then on; `null` when it is removed. */
  row: unknown;
}

/** Something that fell due. */
export interface Due {
  /** What it was, such as `rotation` or `deletion`. */
  kind: string;
  /** The ARN of the key, a list that begins with it, the custom key store, or the lag that has hidden what shows. */
  subject: unknown;
  /** How often, where it stands for a run of equal ones. */
  times?: number;
  /** The milliseconds between two of them. */
  every?: number;
}

/** Something that will fall due. */
export interface Deadline extends Pick<Due, 'kind' | 'subject'> {
  /** When. */
  time: Date;
}

/** Something that fell due, at its own instant. */
export interface DueEvent extends Due {
  /** The number of its first change in the journal. */
  number: number;
  /** When. */
  time: Date;
}

/** What is set of a world. Behind an `@` stands where it holds: `quota/keys@111122223333/eu-west-1`. */
export interface Settings {
  /** What is set under a name; `undefined` where it is as AWS has it. */
  get(name: string): number | string | undefined;
  /**
   * Makes all of these settings, or none where one of them cannot be made; `null` takes one back.
   *
   * `quota/keys` and other quotas; `request-quotas` throttles requests, of which `request/CreateKey` and its like are so
   * many a second; `lag/new-key` and its like are milliseconds until others see what has happened, and `consistency` sets
   * all of them, to `default`, `aws` or `aws-worst`; `strict-regions` knows the Regions of AWS alone; `region/af-south-1`
   * and its like enable a Region; `chosen-keys` lets the tags `_custom_id_` and `_custom_key_material_` of CreateKey choose
   * the id and the material.
   */
  update(settings: Record<string, number | string | boolean | null>): void;
  /** Everything that is set. */
  toJSON(): Record<string, number | string>;
}

/** The settings below `quota/`, and how much of every quota is used. */
export interface Quotas extends Settings {
  /**
   * Every quota of an account in a Region, of requests, too; of the world's account in `us-east-1` without them.
   *
   * @throws Error where there is no such account or Region.
   */
  used(of?: { account?: string; region?: string }): QuotaUsage[];
}

/** A quota of an account in a Region, and how much of it is used. */
export interface QuotaUsage {
  /** The name of its setting, such as `quota/keys` or `request/CreateKey`. */
  name: string;
  /** The quota, of requests in a second. */
  limit: number;
  /** How much of it is used; of requests, those since the second began. */
  usage: number;
  /** Whether what exceeds it is refused: of requests, where the setting `request-quotas` is on. */
  enforced: boolean;
  /** Of a quota that each key has, the ARN of the key that has used the most; `null` when none has used any. */
  key?: string | null;
}

/** The value of a register: 32, 48 or 64 bytes, or as many hexadecimal digits. */
export type Register = Uint8Array | string;

/** The description of an enclave. Registers that it does not name are zero. */
export interface EnclaveOptions {
  /** An enclave, or an instance with NitroTPM. */
  platform?: 'NitroEnclave' | 'NitroTpm' | undefined;
  /** Registers by their numbers, 0 to 31. */
  pcrs?: Record<number, Register> | undefined;
  /** The digest of the enclave's image: PCR0. */
  imageSha384?: Register | undefined;
  /** The IAM role of the parent instance, which is measured into PCR3. */
  roleArn?: string | undefined;
  /** The id of the parent instance, which is measured into PCR4. */
  instanceId?: string | undefined;
  /** The spec of the enclave's key; `RSA_2048` without it. */
  keySpec?: 'RSA_2048' | 'RSA_3072' | 'RSA_4096' | undefined;
}

/** A simulated Nitro enclave. */
export interface Enclave {
  /** Its id. */
  readonly moduleId: string;
  /** Its public key: `SubjectPublicKeyInfo` in DER. */
  readonly publicKey: Uint8Array;
  /** Its private key: PKCS #8 in DER, for programs that open answers with another library. */
  readonly privateKey: Uint8Array;
  /** An attestation document made now, by the clock of the world; with the enclave's own public key without another. */
  attest(attested?: { publicKey?: Bytes; userData?: Bytes; nonce?: Bytes }): Uint8Array;
  /** `Recipient` of a request, for `call` and for the SDK alike: an attestation document made now. */
  recipient(): Required<RecipientInfo> & { KeyEncryptionAlgorithm: 'RSAES_OAEP_SHA_256' };
  /**
   * Opens `CiphertextForRecipient`.
   *
   * @throws Error when it is not sealed for this enclave.
   */
  unwrap(ciphertextForRecipient: Bytes): Uint8Array;
}

/** Where and how a world is served. */
export interface ServeOptions {
  /** The port; a free one without it. */
  port?: number | undefined;
  /** The address to listen on; `127.0.0.1` without it, which is this machine alone. */
  host?: string | undefined;
  /** A certificate and its key in PEM, to speak TLS; `true` makes one for this machine and `host`. */
  tls?: { cert: string | Bytes; key: string | Bytes } | boolean | undefined;
  /** The origin of pages that may read what is answered, such as `http://localhost:5173`; none without it. */
  cors?: string | undefined;
  /** Whether other machines may administer the worlds, too: in a container, all others are. */
  openAdministration?: boolean | undefined;
  /** Gets a line for each request: time, caller, Region, operation, status, and why it was refused. */
  log?: ((line: string) => void) | undefined;
}

/** A world behind a port. */
export interface Server extends AsyncDisposable {
  /** The address, such as `http://127.0.0.1:8701`. */
  readonly url: string;
  /** The port. */
  readonly port: number;
  /** With `tls: true`: the certificate, in PEM, of the authority that clients have to believe. */
  readonly authority: string | undefined;
  /** Ends all connections and frees the port. */
  close(): Promise<void>;
}

/** A configuration of an SDK client. */
export interface ClientConfig {
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  requestHandler: RequestHandler;
}

/** A class of clients, such as `KMSClient` of `@aws-sdk/client-kms`. */
export interface ClientClass {
  readonly prototype: { send: Function };
}

/** Lasts until it is disposed of; a second time does nothing. */
export interface Interception extends Disposable {
  /** Ends it; may be passed on as it is, as to `after`. */
  readonly dispose: () => void;
}

/** The last step of an SDK client's middleware. */
export interface RequestHandler {
  readonly metadata: { handlerProtocol: string };
  handle(request: any, options?: { abortSignal?: unknown; requestTimeout?: number }): Promise<{ response: any }>;
  /** Answers what code fetches by itself, and what mocks of the network ask, under every address; may be passed on as it is. */
  readonly fetch: typeof globalThis extends { fetch: infer Fetch } ? Fetch : (resource: any, init?: any) => Promise<any>;
  updateHttpClientConfig(key: never, value: never): void;
  httpHandlerConfigs(): {};
  destroy(): void;
}

/** A refused call. */
export class KmsError extends Error {
  /** Such an error, for tests of what handles one; without a message it is the code. */
  constructor(refusal: {
    code: string;
    message?: string | undefined;
    reasons?: string[] | undefined;
    decisions?: Decision[] | undefined;
    requestId?: string | undefined;
  });
  /** The name of AWS's exception, such as `NotFoundException`. */
  readonly code: string;
  /** The same, as errors of the AWS SDK have it. */
  name: string;
  /** What AWS does not say: why the caller was denied, one sentence for each check that failed, or which operation may be meant. */
  readonly reasons: string[];
  /** How all checks of a call that was denied were decided. */
  readonly decisions: Decision[];
  /** The id by which AWS would name the request. */
  readonly requestId: string;
}
