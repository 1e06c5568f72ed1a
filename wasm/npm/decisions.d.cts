/** The types of why a call was allowed or denied. */

import type { CallCourse } from './course.cjs';
import type { Operations } from './operations.cjs';

/** Why a call was denied, as the errors of clients have it that are served in process. */
export interface Denied {
  /** A sentence for each check that failed. */
  reasons: string[];
  /** How all checks were decided. */
  decisions: Decision[];
}

/** What would become of a call. */
export interface Explanation {
  /** Whether authorization lets the call through. */
  allowed: boolean;
  /** The exception that the call would meet before it is performed, or `null`. */
  error: { code: string; message: string | null } | null;
  /** A decision for each action on each thing, in the order in which they are asked. */
  decisions: Decision[];
  /** What would happen in order; `null` where the call does not even begin. */
  course: CallCourse | null;
}

/** A call that was denied. */
export interface Denial {
  /** Counts them from 1. */
  number: number;
  /** When, by the world's clock. */
  time: Date;
  /** The operation. */
  operation: keyof Operations;
  /** The id of the request. */
  requestId: string;
  /** The number of the last change before it. */
  basis: number;
  /** The ARN of the caller. */
  caller: string;
  /** AWS's sentence. */
  message: string | null;
  /** How each of its checks was decided; ReEncrypt has two. */
  decisions: Decision[];
}

/** Why an action on something was allowed or denied. */
export interface Decision {
  /** The version of this form. */
  version: number;
  /** What was to be done, such as `kms:Decrypt`. */
  action: string;
  /** The ARN of what it was to be done to. */
  resource: string;
  /** `denied` by a statement, or merely allowed by none. */
  ruling: 'allowed' | 'not allowed' | 'denied';
  /** The layer that decided, or what stood before all layers. */
  decidedBy: string;
  /** The statement or the grant in it that decided; `null` where none did: nothing allows, or the account is trusted. */
  deciding: { policy?: string; statement?: number; sid?: string; grantId?: string } | null;
  /** What each layer says, in the order in which they are asked. */
  layers: LayerSays[];
  /** The grants of the key that were considered. */
  grants: GrantSays[];
  /** How many grants are not told. */
  moreGrants?: number;
  /** All of it as a short text. */
  text: string;
}

/** What a kind of policy says. */
export interface LayerSays {
  /** Which kind. */
  layer:
    | 'service control policies'
    | 'resource control policies'
    | 'VPC endpoint policy'
    | 'key policy'
    | 'identity policies'
    | 'permissions boundary'
    | 'session policies'
    | 'grants';
  /** What they say. */
  says: 'allows' | 'denies' | 'is silent' | 'does not apply';
  /** Why it has no say, or says what no policy in it does. */
  because?: string;
  /** Its policies; `level` is 0 for those of an organization's root. */
  policies: { policy: string; level?: number; statements: StatementSays[] }[];
}

/** How an allowing statement or a grant names the caller: itself, its role, or its account. */
export type MatchClass = 'direct' | 'indirect' | 'delegation';

/** What became of a statement: `applied`, or the first of its elements that did not fit. */
export interface StatementSays {
  /** The place of the statement in its policy, from 0; `text` counts from 1. */
  statement: number;
  /** Its name. */
  sid?: string;
  effect: 'Allow' | 'Deny';
  outcome: 'applied' | 'action' | 'resource' | 'principal' | 'condition';
  /** Where it applied: how. */
  class?: MatchClass;
  /** Of a condition: its operator, such as `StringEquals`. */
  operator?: string;
  /** Of a condition: its key, such as `kms:ViaService`. */
  key?: string;
  /** Of a condition: what the statement wants. */
  expected?: string[];
  /** How many values are not told. */
  moreExpected?: number;
  /** Of a condition: what the request has; `null` where it has nothing of that name. */
  actual?: string[] | null;
  /** How many values are not told. */
  moreActual?: number;
}

/** What became of a grant. */
export interface GrantSays {
  grantId: string;
  outcome: 'applied' | 'operation' | 'grantee' | 'constraint' | 'not visible yet';
  /** Which constraint does not hold. */
  constraint?: string;
  /** Where it applied: how. */
  class?: MatchClass;
}
