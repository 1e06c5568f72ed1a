/** The types of what is told of a world's calls, and of what tests expect of it. */

import type { Bytes, PocketKms } from './index.cjs';
import type { Alarm, AlarmChange, Alarms, Datum, Metric, MetricChoice, MetricDataOptions } from './metrics.cjs';
import type {
  AuditFinding, DryDeletion, KeyQuestion, LeastPrivilege, LeastPrivilegeOptions, Unused, UsersOf, WorldDiff,
} from './privilege.cjs';
import type { AuditRecord, EventBridgeEvent, EventBridgeOptions, Instant, LookedUp, RecordFilter, RecordsOptions, RecordsPage } from './records.cjs';
import type { ExportFormat, Exported, FileUrl } from './templates.cjs';

/** What is told of calls; what is not said stays as it is. */
export interface AuditOptions {
  /** How many records are kept, the newest; 10,000 in a new world. */
  kept?: number | 'all' | 'none' | undefined;
  /** Whether calls that were throttled are recorded; they are in a new world. */
  throttled?: boolean | undefined;
  /** Whether owners of VPC endpoints are told of calls through them by network activity events. */
  networkActivity?: boolean | undefined;
  /** Whether owners of keys see the full identity of callers of other accounts, which AWS does not show them. */
  fullForeignIdentity?: boolean | undefined;
  /** Whether snapshots have the records. */
  inSnapshots?: boolean | undefined;
}

/** How to follow a world as it goes on. */
export interface FollowOptions {
  /** The number of the record behind which it begins; the newest one without it. */
  after?: number | undefined;
  /** What ends it: an `AbortSignal`. */
  signal?: {
    readonly aborted: boolean;
    addEventListener(type: 'abort', listener: () => void, options?: any): void;
    removeEventListener(type: 'abort', listener: () => void): void;
  };
}

/**
 * What a world tells as it comes, for `for await`. It ends with the loop, with its signal and with the world, and does not
 * keep a process alive.
 */
export interface Following<Told> extends AsyncDisposable {
  next(): Promise<IteratorResult<Told, undefined>>;
  return(): Promise<IteratorResult<Told, undefined>>;
  [Symbol.asyncIterator](): Following<Told>;
}

/** Which records are expected; those behind the number `after` alone, where it is said. */
export interface Expected extends RecordFilter {
  after?: number | undefined;
}

/** How many calls are expected: at least one, where nothing is said. */
export interface ExpectedCalls extends Omit<Expected, 'operation'> {
  times?: number | undefined;
  atLeast?: number | undefined;
  atMost?: number | undefined;
}

/** What an export writes, and of which records. */
export interface RecordExportOptions extends RecordFilter {
  /** Files as CloudTrail puts them into a bucket, one record a line, or what LookupEvents answers; `trail` without it. */
  form?: 'trail' | 'lines' | 'lookup' | undefined;
  /** The number of the record behind which it begins. */
  after?: number | undefined;
}

/** Where an export ends. */
export interface ExportEnd {
  /** The number of the last record: an export with `after: next` goes on behind it. */
  next: number;
  /** How many records the world did not keep any more. */
  dropped: number;
}

/** Names of operations, or of what KMS does by itself, such as `RotateKey`. */
type OperationNames = string | readonly string[];

/** Records of which something can be asked: those of a world, or those that files have brought into it. */
export interface Recorded {
  /**
   * The records of CloudTrail that a filter chooses, oldest first: `kms.audit.events({ operation: 'Decrypt', key })`.
   *
   * @throws KmsError where the filter cannot be read, with a sentence that names the place.
   */
  events(filter?: RecordsOptions): AuditRecord[];

  /** A page of them, with their numbers, where to go on, and how many are not kept any more. */
  records(filter?: RecordsOptions): RecordsPage;

  /** What CloudTrail answers to a request of LookupEvents, of the world's account in `us-east-1` without another one. */
  lookupEvents(input?: Record<string, any>, place?: { account?: string; region?: string }): LookedUp;

  /**
   * Writes records into files, in Node alone: `trail` into a folder, the other forms into one file; a name that ends with
   * `.gz` says that the file is packed.
   *
   * @throws Error with `path`, `files` and `next` where it stopped: nothing is lost, and an export with `after: next` goes
   * on from there.
   */
  export(path: string | FileUrl, options?: RecordExportOptions): Promise<{ files: string[] } & ExportEnd>;

  /** The texts of these files by their names, unpacked. */
  export(options?: RecordExportOptions): Promise<{ files: Record<string, string> } & ExportEnd>;

  /**
   * Expects calls of operations: `kms.audit.assertCalled('Decrypt', { key: 'alias/orders', times: 1 })`.
   *
   * @throws Error as `node:assert` throws it, with a message that shows the nearest records and what differs in them.
   */
  assertCalled(operation?: OperationNames, expected?: ExpectedCalls): void;

  /** Expects no call of operations. */
  assertNotCalled(operation?: OperationNames, filter?: Omit<Expected, 'operation'>): void;

  /**
   * Expects that all records that the second filter chooses are such as the first one says:
   * `kms.audit.assertAll({ encryptionContext: { tenant: 'blue' } }, { operation: 'Decrypt' })`.
   */
  assertAll(wanted: RecordFilter, among?: Expected): void;

  /** Expects calls behind one another: names of operations, or filters. */
  assertInOrder(...steps: (string | RecordFilter)[]): void;

  /** Expects that nobody was denied what a filter chooses. */
  neverDenied(filter?: Expected): void;

  /** Asks the core what has no method here. */
  ask(question: string, members?: Record<string, unknown>): any;
}

/** Records that files have brought. */
export interface ImportedRecords extends Recorded {
  /** The name of the set. */
  readonly name: string;
  /** How many records of KMS the files had. */
  readonly added: number;
  /** How many of other services. */
  readonly skipped: number;
  /** Frees them. */
  forget(): void;
}

/** What is told of a world's calls. */
export interface Audit extends Recorded {
  /** What is told of calls, and how many records are kept. */
  readonly options: Required<AuditOptions>;

  /**
   * Sets some of these options from now on: `kms.audit.set({ kept: 'all' })`.
   *
   * @throws Error where there is no such option.
   */
  set(options: AuditOptions): void;

  /**
   * Brings records of files beside those of the world, of any version from 1.02 on: paths in Node (a folder stands for all
   * files in it), or texts or bytes by their names. They are asked the same questions.
   *
   * @throws Error with the name of a file that cannot be read.
   */
  import(
    source: string | FileUrl | readonly (string | FileUrl)[] | Readonly<Record<string, string | Bytes>>,
    options?: { into?: string },
  ): Promise<ImportedRecords>;

  /**
   * Expects, when it is disposed of, that from now on nothing was denied but what a filter expects: `using`, or
   * `beforeEach(() => { denials = kms.audit.undenied(); })` and `afterEach(() => denials.dispose())`.
   */
  undenied(expected?: RecordFilter): Disposable & { readonly dispose: () => void };

  /** Records as they come: `for await (const record of kms.audit.follow({ outcome: 'denied' }))`. */
  follow(options?: RecordFilter & FollowOptions): Following<AuditRecord>;

  /** Events of EventBridge, oldest first. */
  eventbridge(options?: EventBridgeOptions & { after?: number }): EventBridgeEvent[];

  /** Events of EventBridge as they come. */
  followEventbridge(options?: EventBridgeOptions & FollowOptions): Following<EventBridgeEvent>;

  /** The metrics of CloudWatch that there are. */
  metrics(wanted?: MetricChoice & { recentlyActive?: boolean }): Metric[];

  /** The periods of a metric that have values, such as `kms.audit.metricData('SuccessfulRequest', { period: 300 })`. */
  metricData(name: string, options?: MetricDataOptions): Datum[];

  /** What all metrics have come to, in the text form of OpenMetrics. */
  openMetrics(): string;

  /**
   * Puts alarms and removes others by their names, and tells how all of them stand and how they have changed behind the
   * change with the number `after`: `kms.audit.alarms({ put: { recipe: 'pending_deletion_use' } })`.
   */
  alarms(options?: { put?: Alarm | Alarm[]; remove?: string | string[]; after?: number }): Alarms;

  /** Changes of alarms as they come. */
  followAlarms(options?: FollowOptions): Following<AlarmChange>;

  /**
   * The smallest policy, statements of key policies or grants under which the recorded calls of somebody come to what they
   * came to: an account for its root user, the ARN of a user, of a role or of a session, or the name of a service.
   */
  leastPrivilege(principal: string, options?: LeastPrivilegeOptions): LeastPrivilege;

  /** The same as infrastructure code; the first one loads the module of templates. */
  leastPrivilegeAs(format: ExportFormat, principal: string, options?: LeastPrivilegeOptions): Promise<Exported>;

  /** What was granted to somebody, and never needed. */
  unused(principal: string, options?: { filter?: RecordFilter }): Unused;

  /** Who has used a key, how often, when and how; a key is its id, its ARN, or an alias. */
  usersOf(key: string, options?: KeyQuestion): UsersOf;

  /** Whose recorded calls would have failed without a key. */
  dryDeletion(key: string, options?: KeyQuestion & { state?: 'pending deletion' | 'disabled' | 'deleted' }): DryDeletion;

  /** What in the records asks for attention: `regions` and `endpoints` are the Regions and VPC endpoints that are expected. */
  findings(options?: { regions?: string[]; endpoints?: string[]; filter?: RecordFilter }): AuditFinding[];

  /** What is different in another world: keys, policies by statement, aliases, grants, and all that is registered. */
  diff(other: PocketKms): WorldDiff;

  /** What has changed in this one between two moments, of which the past needs history. */
  diff(moments: { from?: Instant; to?: Instant }): WorldDiff;
}
