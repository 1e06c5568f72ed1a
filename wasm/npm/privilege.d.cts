/** The types of what recorded calls needed, and of what nobody needs. */

import type { Instant } from './records.cjs';

/** What the least privilege of somebody is to be. */
export interface LeastPrivilegeOptions {
  /** A policy of the principal, statements of the policies of keys, or grants; `identity` without it. */
  form?: 'identity' | 'key policy' | 'grant';
  /** Whether conditions are added that all calls have fulfilled, or which of them; all without it. */
  conditions?: boolean | ('context' | 'context_keys' | 'via' | 'attestation' | 'caller_account' | 'grant_is_for_aws_resource')[];
  /** Whether what was denied is to be allowed, too. */
  denied?: boolean;
  from?: Instant;
  to?: Instant;
}

/** A policy as JSON. */
export interface WrittenPolicy {
  Version: string;
  Statement: Record<string, any>[];
}

/** What the recorded calls of somebody needed. */
export interface LeastPrivilege {
  /** The version of this form. */
  version: number;
  principal: string;
  form: 'identity' | 'key policy' | 'grant';
  /** How many calls were looked at. */
  calls: number;
  /** When the first and the last of them was made; `null` where there is none. */
  from: string | null;
  to: string | null;
  /** The identity policy; `null` where none is needed. */
  policy: WrittenPolicy | null;
  /** Statements of the policies of keys. */
  keyPolicies: { key: string; statements: Record<string, any>[] }[];
  /** Grants, as CreateGrant takes them. */
  grants: Record<string, any>[];
  /** What key policies or grants go on to allow, for which nothing is written. */
  allowedElsewhere: { action: string; resource: string; by: string; grantId?: string }[];
  /** What was denied. */
  denied: { action: string; resource: string; times: number; last: string; by: string; message?: string }[];
  /** What the answer does not say by itself. */
  notes: string[];
}
