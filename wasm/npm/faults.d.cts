/** The types of faults on demand: what chosen calls of a world meet instead of their answers. */

/// <reference lib="esnext.disposable" />

import type { OperationName } from './index.cjs';

/** The name of a fault. */
export type FaultName =
  | 'throttled'
  | 'limit-exceeded'
  | 'internal'
  | 'dependency-timeout'
  | 'key-unavailable'
  | 'creating'
  | 'updating'
  | 'pending-import'
  | 'pending-deletion'
  | 'disabled'
  | 'not-found'
  | 'access-denied'
  | 'conflict'
  | 'expired-credentials'
  | 'service-unavailable'
  | 'bad-gateway'
  | 'too-many-requests'
  | 'connection-reset'
  | 'slow';

/** A call of which somebody says whether a fault applies to it. */
export interface FaultCall {
  /** The operation. */
  operation: OperationName;
  /** The ARN of the key that the call is about, where one was found. */
  key: string | null;
  /** The ARN of the caller. */
  caller: string;
  /** The Region that is called. */
  region: string;
  /** When, by the world's clock. */
  time: Date;
  /** The request as JSON has it, whoever sends it: blobs are texts in base64, timestamps are seconds. */
  input: Record<string, any>;
}

/** A fault and the calls that meet it; what is left out fits every call. */
export interface Fault {
  /** Which fault it is. */
  fault: FaultName;
  /** `before` anything is decided, which changes nothing, or `after`: the call has done its work, and its answer is lost. */
  moment?: 'before' | 'after' | undefined;
  /** The operations. */
  operation?: OperationName | OperationName[] | undefined;
  /** The id, ARN or alias of the key that the call is about. */
  key?: string | undefined;
  /** The account of the caller. */
  account?: string | undefined;
  /** The Region that is called. */
  region?: string | undefined;
  /** Who calls, as in `call`; the ARN of a role means its sessions. */
  caller?: string | undefined;
  /** How many calls meet it; without a number, all do. */
  count?: number | undefined;
  /** Every nth call that fits meets it. */
  every?: number | undefined;
  /** How probably a call that fits meets it, from 0 to 1. In a world with a seed the same calls do each time. */
  probability?: number | undefined;
  /** Two instants of the world's clock. */
  between?: [Date | string | null, Date | string | null] | undefined;
  /** What the response tells an SDK to wait, in milliseconds. */
  retryAfter?: number | undefined;
  /** How long the answer is kept back, in milliseconds; `slow` needs it. */
  delay?: number | undefined;
  /**
   * Says at once of each call that fits whether it counts: only then does the call meet the fault. It may itself call the
   * world. What it throws, the caller gets, and nothing has happened; a served world answers KMSInternalException.
   */
  when?: ((call: FaultCall) => unknown) | undefined;
}

/** A fault that calls meet, as `fault` was told it, and how many have. */
export interface FaultRule extends Omit<Fault, 'when'> {
  /** True where a function of the world's process decides, too. */
  when?: true;
  /** The id of the rule, as `actedFaults` names it. */
  id: number;
  /** How many calls it fitted. */
  fitted: number;
  /** How many of them met it. */
  acted: number;
}

/** Faults that act until they are disposed of; a second time does nothing. */
export interface Faults extends Disposable {
  /** How many calls they fitted. */
  readonly fitted: number;
  /** How many of those met one. */
  readonly acted: number;
  /** Ends them; may be passed on as it is, as to `after`. */
  readonly dispose: () => void;
}

/** A fault that a call has met. */
export interface ActedFault {
  /** Counts them from 1. */
  number: number;
  /** When, by the world's clock. */
  time: Date;
  /** The operation. */
  operation: OperationName;
  /** The id of the request. */
  requestId: string;
  /** The number of the last change before it. */
  basis: number;
  /** The ARN of the caller. */
  caller: string;
  /** The ARN of the key, where one was found. */
  key: string | null;
  /** Which fault it was. */
  fault: FaultName;
  /** When it acted. */
  moment: 'before' | 'after';
  /** The id of its rule. */
  rule: number;
}
