/** The types of what recorded calls needed, and of what nobody needs. */

import type { RecordFilter } from './records.cjs';

/** What the least privilege of somebody is to be. */
export interface LeastPrivilegeOptions {
  /** A policy of the principal, statements of the policies of keys, or grants; `identity` without it. */
  form?: 'identity' | 'key policy' | 'grant' | undefined;
  /** Whether conditions are added that all calls have fulfilled, or which of them; all without it. */
  conditions?: boolean | ('context' | 'context_keys' | 'via' | 'attestation' | 'caller_account' | 'grant_is_for_aws_resource')[] | undefined;
  /** Whether what was denied is to be allowed, too. */
  denied?: boolean | undefined;
  /** The records that are looked at; all without it. */
  filter?: RecordFilter | undefined;
  /** Whether the answer has the inventory of a world with it, too, of which infrastructure code is written. */
  inventory?: boolean | undefined;
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
  /** Where it was wanted. */
  inventory?: Record<string, unknown>;
}

/** What was granted to somebody, and how much of it the recorded calls needed. */
export interface Unused {
  /** The version of this form. */
  version: number;
  principal: string;
  /** Whether its account is trusted, because nobody is registered there. */
  trusted: boolean;
  /** Statements of its identity policies, and of key policies that name it. */
  statements: {
    layer: 'identity policies' | 'key policy';
    /** The name of the identity policy. */
    policy?: string;
    /** The ARN of the key that has the policy. */
    key?: string;
    /** The place of the statement in it, from 0. */
    statement: number;
    sid?: string;
    used: boolean;
    /** Each action as it is written, what of it was needed, and what was not, by access level. */
    actions: { action: unknown; used: string[]; unused: Record<string, string[]> }[];
    unusedResources: unknown[];
  }[];
  grants: { key: string; grantId: string; used: boolean; needed: string[]; unused: string[] }[];
  /** What the recorded calls needed at all. */
  needed: { action: string; resource: string; times: number; last: string }[];
}

/** Which key, and which records are looked at. */
export interface KeyQuestion {
  /** The account in which the key is named by its id or alias; the world's without it. */
  account?: string | undefined;
  /** The Region of the same; `us-east-1` without it. */
  region?: string | undefined;
  filter?: RecordFilter | undefined;
}

/** How often something was done, and when first and last. */
export interface Times {
  times: number;
  first: string | null;
  last: string | null;
}

/** Who has used a key. Lists end with `...` where there is more. */
export interface UsersOf {
  /** The version of this form. */
  version: number;
  key: string;
  users: (Times & {
    principal: string;
    /** How many of the calls were refused. */
    refused: number;
    operations: ({ operation: string } & Times)[];
    /** The values of encryption contexts by their names. */
    contexts: Record<string, string[]>;
    sessions: string[];
    via: string[];
    /** What has allowed it. */
    by: string[];
    materials: string[];
  })[];
}

/** Whose recorded calls would have failed without a key. */
export interface DryDeletion {
  /** The version of this form. */
  version: number;
  key: string;
  /** Whether none would have failed. */
  safe: boolean;
  callers: { principal: string; operations: ({ operation: string; error: string; message: string } & Times)[] }[];
  /** How many calls would have gone through. */
  unaffected: number;
  /** What a deleted key takes along. */
  lost: { aliases: string[]; grants: number; replicas: string[] };
}

/** What in the records asks for attention. */
export interface AuditFinding extends Times {
  finding:
    | 'key-disabled'
    | 'material-deleted'
    | 'public-key-policy'
    | 'foreign-grant'
    | 'unusual-region'
    | 'outside-endpoint'
    | 'debug-enclave'
    | 'use-while-pending-deletion';
  sentence: string;
  subject: string;
  /** The ids of the events that prove it. */
  records: string[];
}

/** What has changed. */
export interface WorldDiff {
  /** The version of this form. */
  version: number;
  /** Whether nothing has. */
  same: boolean;
  changes: {
    change: 'added' | 'removed' | 'changed';
    /** Such as `key`, `policy statement`, `alias` or `grant`. */
    of: string;
    subject: string;
    path: string[];
    before?: unknown;
    after?: unknown;
  }[];
  /** The same for people. */
  text: string;
}
