/** The types of what happened in order when a call was made. */

import type { Decision } from './decisions.cjs';

/** A reply or a refusal, and what happened in order. */
export interface Traced<Output> {
  /** `null` where the call was refused. */
  reply: Output | null;
  /** The exception, or `null`; its `code` is `null` where nothing of KMS reached the caller. */
  error: { code: string | null; message: string | null; reasons: string[] } | null;
  /** The id of the request. */
  requestId: string;
  /** A decision for each action on each thing, in the order in which they were asked. */
  decisions: Decision[];
  /**
   * Whether the call has taken what the world draws next, as every call does, also a refused one, but one that only looks
   * and leaves nothing behind. So a world with a seed goes on from another place.
   */
  drew: boolean;
  /** `null` where the call did not even begin. */
  course: CallCourse | null;
}

/** What happened to a call at every step. No secret is in it. */
export interface CallCourse {
  /** The version of this form. */
  version: number;
  /** As the caller wrote it. */
  operation: string;
  /** `null` for a call that was only explained. */
  requestId: string | null;
  /** When, by the world's clock. */
  time: Date;
  /** The fault on demand that has met the call. */
  fault?: { kind: string; moment: 'before' | 'after' };
  /** All ten steps, in order. */
  steps: CourseStep[];
}

/** A step, its fate, and its facts where it was reached. */
export type CourseStep = { fate: 'passed' | 'refused' | 'not reached' } & (
  | ({ step: 'operation' } & Partial<FoundFacts>)
  | ({ step: 'shape' } & Partial<ShapeFacts>)
  | ({ step: 'due' } & Partial<DueFacts>)
  | ({ step: 'keys' } & Partial<KeysFacts>)
  | ({ step: 'quotas' } & Partial<QuotasFacts>)
  | ({ step: 'decision' } & Partial<DecisionFacts>)
  | ({ step: 'state' } & Partial<StateFacts>)
  | ({ step: 'performance' } & Partial<PerformanceFacts>)
  | ({ step: 'changes' } & Partial<ChangesFacts>)
  | ({ step: 'record' } & Partial<RecordFacts>)
);

/** The operation is found. */
export interface FoundFacts {
  /** What the caller needs, such as `kms:Decrypt`. */
  action: string;
}

/** The request has the shape of the operation. */
export interface ShapeFacts {
  /** The members that the operation knows. */
  read: string[];
  /** Those that it does not, as AWS ignores them. */
  ignored: string[];
  moreIgnored: number;
}

/** What had fallen due is settled. */
export interface DueFacts {
  /** How much. */
  settled: number;
  /** The ARNs of AWS managed keys that the call was the first to use. */
  made: string[];
}

/** The keys are found. */
export interface KeysFacts {
  names: NamedKey[];
  /** What the ciphertext of the request says of its key. */
  ciphertext: { length: number; materialId: string | null; madeBy?: string | null };
  /** The keys that the call is about. */
  keys: { key: string; by: 'name' | 'ciphertext'; action: string; exists: boolean }[];
}

/** A name in a request, and where it leads. */
export interface NamedKey {
  /** The member of the request. */
  member: string;
  name: string;
  form: 'key ID' | 'key ARN' | 'alias name' | 'alias ARN' | 'none of the four forms';
  /** Whether a key is found. */
  exists: boolean;
  /** The ARN of the alias. */
  alias?: string;
  /** The ARN of the key. */
  key?: string;
  /** The lag that still hides it. */
  hiddenBy?: string;
  /** Where the account has a key of this id, or an alias of this name, in other Regions. */
  elsewhere?: string[];
}

/** The request quotas admit the call. */
export interface QuotasFacts {
  costs: { quota: string; account: string; region: string; requests: number }[];
  /** Whether anybody counts. */
  enforced: boolean;
  /** The key store whose quota has refused it. */
  throttledBy: string;
}

/** Authorization lets the caller through; how it has decided, `decisions` tell. */
export interface DecisionFacts {
  authorized: boolean;
  checks: number;
  /** How many valid grant tokens came with the request. */
  grantTokens: number;
  /** Whether a valid attestation document came with it. */
  attested: boolean;
  /** The keys of which an older policy still decides. */
  formerPolicyOf: string[];
}

/** The keys are such that they can be used so. */
export interface StateFacts {
  keys: KeyFacts[];
}

/** What a key is. */
export interface KeyFacts {
  key: string;
  /** As others see it. */
  state: string;
  /** What it is already, where a lag hides that. */
  hiddenState?: string;
  deletionDate?: Date;
  spec: string;
  usage: string;
  /** The usage that the operation needs. */
  needsUsage?: string;
  origin: string;
  role: 'single-Region' | 'primary' | 'replica';
  /** The id of its custom key store. */
  store?: string;
  /** Whether all that allows the operation; `null` where nobody asks. */
  allows: boolean | null;
  /** The exception where it does not. */
  refusal?: string;
}

/** The operation is performed. */
export interface PerformanceFacts {
  cryptographic: boolean;
  dryRun: boolean;
  /** What was authenticated with a ciphertext. */
  contexts: { member: string; pairs: Record<string, string> }[];
  given: ValueFacts[];
  answered: ValueFacts[];
  /** Requests to the proxies of external key stores. */
  exchanges: { store: string; proxy_operation: string; outcome: string | null; millis: number; message?: string }[];
  /** Whether the call has let a rotation happen that the key had missed. */
  caughtUp: boolean;
}

/** A member of a request or a reply: a choice or a number as it is, of bytes the length alone. */
export interface ValueFacts {
  member: string;
  value?: string | number | boolean;
  /** In bytes. */
  length?: number;
  secret?: boolean;
  /** Of a symmetric ciphertext: the key material under which it is sealed. */
  materialId?: string;
  cipher?: string;
  plaintextLength?: number;
  /** Whether an external key has sealed it once more. */
  external?: boolean;
}

/** What has changed. */
export interface ChangesFacts {
  count: number;
  /** By the numbers of the journal. */
  changes: { number: number; table: string; key: unknown; removed: boolean }[];
  moreChanges: number;
  /** The ARNs of the keys whose last use is noted. */
  lastUseOf: string[];
}

/** What is recorded. */
export interface RecordFacts {
  records: { eventId: string; eventName: string; account: string; region: string; service: boolean }[];
  moreRecords: number;
}
