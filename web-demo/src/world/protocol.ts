// The words that the page and the worker exchange. Everything here survives structured cloning.
import type {
  CallCourse,
  Deadline,
  Denial,
  Diagnosis,
  EnclaveOptions,
  ExportFormat,
  Exported,
  Explanation,
  Exposure,
  ExposureOptions,
  LeastPrivilegeOptions,
  Loaded,
  LoadOptions,
  ProxyLogEntry,
  QuotaUsage,
  SimulateOptions,
  WhoCan,
  WhoCanOptions,
} from 'pocket-kms';
import type { Recorded } from '../as-code/steps';
import type { Decision } from '../kms/decision';
import type { Directory } from '../kms/directory';
import type { Finding, PolicyKind } from '../kms/finding';
import type { Look } from '../kms/recipe-look';
import type { OwnerAct, StoresEntries, StoresSetup } from '../kms/stores-setup';
import type { Files } from '../kms/templates';
import type { Attested, Recipient, RunningEnclave } from './enclaves';
import type { Input, Operation, Output } from './operations';

/** Where a call arrives, and who makes it. */
export interface Place {
  region: string;
  /** The ARN of the caller. */
  caller: string;
  /** What the credentials of a session say beside its ARN. */
  session?: Session;
  /** From where the call comes. */
  origin?: Origin;
  /** Sent with every call that takes them. */
  grantTokens?: readonly string[];
}

export interface Session {
  /** Session policies, as texts. */
  policies?: string[];
  tags?: Record<string, string>;
  /** Whether it began with a second factor. */
  mfa?: boolean;
}

export interface Origin {
  /** The id of the VPC endpoint through which the call comes. */
  vpcEndpoint?: string;
  sourceIp?: string;
}

/** A reply, and why the caller was allowed: one decision for each check. */
export interface Answer<O extends Operation> {
  output: Output<O>;
  decisions: Decision[];
  /** What happened in order. */
  course: CallCourse | null;
  /** The id of the request, by which its record is found; `undefined` where nothing is recorded. */
  requestId: string | undefined;
}

/** A call that this page has made, and how it ended. */
export interface MadeCall {
  /** Counts from 1. */
  number: number;
  /** By the world's clock, in milliseconds since 1970. */
  time: number;
  operation: Operation;
  place: Place;
  /** The exception of a call that was refused. */
  code: string | undefined;
  decisions: readonly Decision[];
  /** AWS's sentence about a call that was refused. */
  message?: string | undefined;
  /** What happened in order; not known of calls of somebody else. */
  course?: CallCourse | null | undefined;
  /** Whether a person has asked for it, and not the page for what it shows. */
  acted: boolean;
  requestId: string | undefined;
  /** What it replied. */
  output?: unknown;
  /** What code can be made of; `undefined` for a call of somebody else. */
  recorded: Recorded | undefined;
}

/** What can be done to the world's clock. Instants are milliseconds since 1970. */
export type Turn = { advance: string } | { set: number } | 'freeze' | 'resume';

/** One change of one row, as the journal keeps it. */
export interface JournalEntry {
  number: number;
  /** The world's time in milliseconds since 1970. */
  time: number;
  /** The operation that made the change; `null` where none did. */
  operation: string | null;
  /** The id of its request; older journals have none. */
  requestId?: string | null;
  /** What fell due; `null` where that was not the cause. */
  due?: unknown;
  table: string;
  key: string;
  /** The row as it is from then on; `null` when it was removed. */
  row: unknown;
}

/** Which calls are to meet which fault, and how often; what is left open holds for every call. In the words of the package. */
export interface FaultWish {
  /** Such as `throttled`. */
  fault: string;
  /** Whether the call is refused before anything is decided, or its answer is lost. */
  moment: 'before' | 'after';
  operation?: readonly string[];
  /** A key that the call is about, in any of the four forms. */
  key?: string;
  /** The caller, by ARN. */
  caller?: string;
  /** How many calls meet it. */
  count?: number;
  /** Every nth call that fits meets it. */
  every?: number;
  /** From 0 to 1. */
  probability?: number;
  /** Milliseconds by which the answer is late. */
  delay?: number;
}

export interface FaultRule extends FaultWish {
  id: number;
  /** A function of the world's process decides, too: a world in Node or Python may have one. */
  when?: true;
  /** How many calls have fitted. */
  fitted: number;
  /** How many of them have met the fault. */
  acted: number;
}

/** A call that is made before something is asked. */
export interface FirstCall {
  operation: Operation;
  input: object;
  place: Place;
}

/** What has been set of quotas and Regions, by name; what has not has the value of AWS. */
export type Settings = Record<string, number | string>;

/** Which world is to be open. */
export type Beginning =
  /** The person's own, as it was left. */
  | { kind: 'own' }
  /** The one that is visited, which takes the place of the person's own. */
  | { kind: 'visited' }
  /** A new one in the place of the person's own; with a seed, everything in it follows from that. */
  | { kind: 'empty'; seed?: string }
  /** A lesson's, which is visited. Its clock stands at `now`, in milliseconds since 1970. */
  | { kind: 'lesson'; id: string; seed: string; now: number; title?: string }
  /** One that a recipe makes, which is visited: JSON text, or what a link carries. */
  | { kind: 'recipe'; recipe: string }
  | { kind: 'link'; link: string }
  /** One that a person has exported, which is visited. */
  | { kind: 'file'; name: string; bytes: Uint8Array; passphrase: string };

/** What is visited. */
export interface Visiting {
  kind: 'lesson' | 'recipe' | 'file';
  /** The lesson's id. */
  id?: string;
  title: string;
}

/** A world as others can make it again. */
export interface Shared {
  link: string;
  /** What the link carries, as JSON text. */
  recipe: string;
  steps: number;
}

/** What the page always knows of the world. */
export type Status =
  | { phase: 'opening' }
  /** `isHarmless` where nothing is wrong with the world: what was to open it has not come. */
  | { phase: 'broken'; reason: string; isHarmless?: boolean }
  | {
      phase: 'open';
      clock: ClockStatus;
      /** Grows with every change. */
      revision: number;
      /** Another one after a reset. */
      world: string;
      /** The address at which AWS's tools find the world; `null` for one in a browser. */
      api: string | null;
      /** `undefined` in the person's own world. */
      visiting: Visiting | undefined;
      /** Whether everything in it follows from a seed. */
      seeded: boolean;
    };

/** The world's clock when the status was sent. Instants are milliseconds since 1970. */
export interface ClockStatus {
  now: number;
  /** The browser's own time at the same moment. */
  hostNow: number;
  running: boolean;
}

/** What can be asked of what was recorded. */
export type AuditQuestion =
  | 'records'
  | 'metrics'
  | 'metric_data'
  | 'events'
  | 'least_privilege'
  | 'unused'
  | 'users_of'
  | 'dry_deletion'
  | 'findings';

/** Under what a ciphertext is to be opened. */
export interface Inspected {
  /** In any of the four forms; without it, the key that made the ciphertext. */
  key?: string;
  encryptionContext: Record<string, string>;
  account: string;
  region: string;
}

/** What the page may ask of a world. */
export interface Service {
  call<O extends Operation>(operation: O, input: Input<O>, place: Place): Promise<Answer<O>>;
  /** Makes the call in a copy of the world: it is refused as it would be, and changes nothing. */
  rehearse<O extends Operation>(operation: O, input: Input<O>, place: Place): Promise<void>;
  /** The last calls that authorization has refused, oldest first, whoever made them. */
  denials(): Promise<Denial[]>;
  /** What is registered of accounts, principals, policies, organizations and endpoints. */
  directory(): Promise<Directory>;
  /** All of these entries or none; `null` removes one. */
  register(entries: Directory): Promise<void>;
  /** Clusters, VPC endpoint services and proxies, without their secrets. */
  stores(): Promise<StoresSetup>;
  /** All of these entries or none; `null` removes one. */
  registerStores(entries: StoresEntries): Promise<void>;
  /** Does what the owner of a cluster does to it. */
  onCluster(id: string, act: OwnerAct): Promise<unknown>;
  /** Does what the owner of a proxy, or of its key manager, does to it. */
  onProxy(name: string, act: OwnerAct): Promise<unknown>;
  /** The requests that a proxy has got behind the one with this number, oldest first. */
  proxyLog(name: string, after: number): Promise<ProxyLogEntry[]>;
  /** Who can do each of these actions to a key, after a call that is made in a copy of the world. */
  whoCan(actions: readonly string[], key: string, options: WhoCanOptions, first?: FirstCall): Promise<WhoCan[]>;
  /** What keeps a ciphertext closed: a question of the owner of the world. */
  inspect(blob: Uint8Array, under: Inspected): Promise<Diagnosis>;
  /** Whether anybody outside of its account can ever use a key, whatever the request. */
  exposure(key: string, options: ExposureOptions): Promise<Exposure>;
  /** How a call would be decided, also by policies that are not installed. */
  simulate(operation: Operation, input: object, options: SimulateOptions): Promise<Explanation>;
  /** What the linter finds in a policy. */
  lint(text: string, kind: PolicyKind, account: string): Promise<Finding[]>;
  /** What templates come to in a copy of the world. */
  tryTemplate(files: Files, options: LoadOptions): Promise<Loaded>;
  /** Brings all that templates say into the world, or nothing. */
  loadTemplate(files: Files, options: LoadOptions): Promise<Loaded>;
  /** The world as infrastructure code, and what that cannot say. */
  exportAs(format: ExportFormat): Promise<Exported>;
  /** Asks what was recorded: a question of the core with its members, and its answer. */
  audit(question: AuditQuestion, members: object): Promise<unknown>;
  /** The least privilege of a principal as infrastructure code. */
  leastPrivilegeAs(format: ExportFormat, principal: string, options: LeastPrivilegeOptions): Promise<Exported>;
  /** What falls due, soonest first. */
  deadlines(): Promise<Deadline[]>;
  turn(turn: Turn): Promise<void>;
  /** The changes behind the one with this number, oldest first. */
  journal(after: number): Promise<JournalEntry[]>;
  /** The rules in their order: the first one that fits and triggers acts. */
  faults(): Promise<FaultRule[]>;
  addFault(wish: FaultWish): Promise<void>;
  removeFault(id: number): Promise<void>;
  /** Every quota of an account in a Region, and how much of it is used. */
  quotas(account: string, region: string): Promise<QuotaUsage[]>;
  settings(): Promise<Settings>;
  /** All or none; `null` takes back what was set. */
  set(settings: Record<string, number | null>): Promise<void>;
  /** Starts a simulated enclave, which ends with the page that has the world open. */
  startEnclave(wish: EnclaveOptions, name?: string): Promise<RunningEnclave>;
  /** Those that run, the oldest first. */
  enclaves(): Promise<RunningEnclave[]>;
  stopEnclave(enclave: string): Promise<void>;
  /** A document in which the enclave attests itself, made now. */
  attest(enclave: string, attested: Attested): Promise<Uint8Array>;
  /** What a request has as `Recipient`: a document in which the enclave attests itself, made now. */
  recipient(enclave: string): Promise<Recipient>;
  /** Opens in the enclave what KMS has sealed for it. */
  unwrapIn(enclave: string, ciphertextForRecipient: Uint8Array): Promise<Uint8Array>;
  /** Throws the world away: a new one begins, or, where it was only visited, the person is back in the own one. */
  reset(): Promise<void>;
  /** Opens another world. The own one is never lost by a visit; what is refused changes nothing. */
  begin(beginning: Beginning): Promise<void>;
  /** The link to the world as it is now, on the page with this address. */
  share(base: string): Promise<Shared>;
  /** What a link holds; nothing of it is done. */
  lookAt(link: string): Promise<Look>;
  /** The world as a file that the passphrase opens. */
  seal(passphrase: string): Promise<Uint8Array>;
}

/** The page's side of a world, wherever that is. */
export interface WorldClient extends Omit<Service, 'call' | 'journal'> {
  /** `hear` is told how the call ended before its answer comes. */
  call<O extends Operation>(operation: O, input: Input<O>, place: Place, hear?: (told: MadeCall) => void): Promise<Output<O>>;
  /** The last calls of this page, oldest first; the same list until there is another one. */
  readonly calls: Calls;
  /** All changes that are still known; the same list until there is another one. */
  journal(): Promise<readonly JournalEntry[]>;
  /** The last status; the same object until there is another one. */
  status(): Status;
  /** Calls `watcher` at every other status, until the function that it gives is called. */
  watch(watcher: () => void): () => void;
}

/** What can be watched of the calls of a page. */
export interface Calls {
  readonly list: () => readonly MadeCall[];
  readonly watch: (watcher: () => void) => () => void;
}

/** Older changes are forgotten. */
export const JOURNAL_LENGTH = 10_000;

/** How many deadlines are listed at most; those that come later are left out. */
export const MOST_DEADLINES = 10_000;

/** What the page may ask; each is one of `Service`, and none is missing. */
const ASKED: Record<keyof Service, true> = {
  call: true,
  rehearse: true,
  denials: true,
  directory: true,
  register: true,
  stores: true,
  registerStores: true,
  onCluster: true,
  onProxy: true,
  proxyLog: true,
  whoCan: true,
  inspect: true,
  exposure: true,
  simulate: true,
  lint: true,
  tryTemplate: true,
  loadTemplate: true,
  exportAs: true,
  audit: true,
  leastPrivilegeAs: true,
  deadlines: true,
  turn: true,
  journal: true,
  faults: true,
  addFault: true,
  removeFault: true,
  quotas: true,
  settings: true,
  set: true,
  begin: true,
  share: true,
  lookAt: true,
  seal: true,
  startEnclave: true,
  enclaves: true,
  stopEnclave: true,
  attest: true,
  recipient: true,
  unwrapIn: true,
  reset: true,
};

export type Method = keyof Service;

export const METHODS = Object.keys(ASKED) as readonly Method[];

export interface Question {
  method: Method;
  args: unknown[];
}

export interface Reply {
  /** The world after the answer. */
  status: Status;
  result?: unknown;
  refusal?: RefusalData;
}

/** Where a world is asked. */
export interface Door {
  /** Never rejects: a refusal is an answer. */
  ask(method: Method, args: unknown[]): Promise<Reply>;
  /** Has every other status told, beginning with the present one. */
  watch(hear: (status: Status) => void): void;
}

/** Why something was refused: AWS's exception and sentence, and the decisions on the caller. */
export interface RefusalData {
  code: string;
  message: string;
  decisions: readonly Decision[];
  requestId?: string | undefined;
  course?: CallCourse | null | undefined;
}
