/** The types of questions about policies, and of their answers. */

import type { LayerSays } from './decisions.cjs';
import type { Caller, Facts, Origin, PolicyDocument } from './directory.cjs';

/** What is known of a request that nobody has made yet. */
export interface Asked {
  /** Values by the names of condition keys; what is not said remains as a condition. */
  context?: Facts | undefined;
  /** Whether the request has nothing else. */
  closed?: boolean | undefined;
  /** The account in which a key is named by its id; the world's without it. */
  account?: string | undefined;
  /** The Region of the same; `us-east-1` without it. */
  region?: string | undefined;
}

/** What is asked by `whoCan`. */
export interface WhoCanOptions extends Asked {
  /** From where the request comes. */
  origin?: Origin | undefined;
  /** The id of the grant that is to be retired. */
  grant?: string | undefined;
}

/** What is asked by `exposure`. */
export interface ExposureOptions {
  /** Accounts and ids of organizations that are not outside, beside the account of the key. */
  within?: string[] | undefined;
  /** A policy in place of the one that is installed. */
  policy?: PolicyDocument | undefined;
  /** The actions, such as `kms:Decrypt`; all without them. */
  actions?: string[] | undefined;
  /** Whether services count that act on behalf of somebody outside; they do unless it is `false`. */
  services?: boolean | undefined;
  /** The account in which the key is named by its id; the world's without it. */
  account?: string | undefined;
  /** The Region of the same; `us-east-1` without it. */
  region?: string | undefined;
}

/** What is asked by `whatCan`. */
export interface WhatCanOptions extends Asked {
  /** The keys; all of the world without them. */
  keys?: string[] | undefined;
  /** The actions, such as `kms:Decrypt`; all without them. */
  actions?: string[] | undefined;
  /** The ARN of the key behind which the answer begins. */
  after?: string | undefined;
}

/** Documents, to which names are given, or documents by their names. */
export type PolicyDocuments = PolicyDocument[] | Record<string, PolicyDocument>;

/** Policies in place of those that are installed; what is not said is as it is. */
export interface SimulateOptions {
  /** The Region in which the call arrives. */
  region?: string | undefined;
  /** Who calls. */
  caller?: string | Caller | undefined;
  /** From where. */
  origin?: Origin | undefined;
  /** The policy of each key that the call is about. */
  keyPolicy?: PolicyDocument | undefined;
  /** The identity policies of the caller. */
  identityPolicies?: PolicyDocuments | undefined;
  /** Its permissions boundary; `false` for none. */
  permissionsBoundary?: PolicyDocument | false | undefined;
  /** The policies of its session. */
  sessionPolicies?: PolicyDocuments | undefined;
  /** The service control policies of its account: levels from the root of the organization to the account. */
  serviceControlPolicies?: PolicyDocuments[] | undefined;
  /** The resource control policies of the account of the key, by level. */
  resourceControlPolicies?: PolicyDocuments[] | undefined;
  /** The policy of the VPC endpoint; `false` for none. */
  endpointPolicy?: PolicyDocument | false | undefined;
  /** Grants on top of those of the key, as CreateGrant takes them. */
  grants?: object[] | undefined;
}

/** A condition that the request has yet to fulfil. */
export interface RemainingCondition {
  /** Such as `StringEquals`; of a grant `EncryptionContextEquals` or `EncryptionContextSubset`. */
  operator: string;
  /** Such as `kms:EncryptionContext:tenant`. */
  key: string;
  /** What it wants. */
  values: string[];
  /** How many values are not told. */
  moreValues?: number;
}

/** By what somebody can do something: a statement, or a grant. */
export interface AccessPath {
  by: 'key policy' | 'identity policy' | 'grant';
  /** The name of the policy. */
  policy?: string;
  /** The place of the statement in it, from 0. */
  statement?: number;
  /** The name of the statement. */
  sid?: string;
  grantId?: string;
  grantee?: string;
  /** What remains: nothing where the request may be any. */
  conditions: RemainingCondition[];
  /** Of an identity policy: the statements of the key policy that let the account decide. */
  with?: AccessPath[];
}

/** A statement that may still deny, or that frames the caller under conditions. */
export interface AccessLimit {
  layer: LayerSays['layer'];
  effect: 'Allow' | 'Deny';
  policy: string;
  statement: number;
  sid?: string;
  conditions: RemainingCondition[];
}

/** How somebody can do something. */
export interface Able {
  kind: 'root user' | 'user' | 'role' | 'federated user' | 'service' | 'account' | 'everyone';
  /** Whether it depends on the request. */
  conditional: boolean;
  paths: AccessPath[];
  limits: AccessLimit[];
}

/** Who can do something. */
export interface WhoCan {
  /** The version of this form. */
  version: number;
  action: string;
  /** The ARN of the key, or of everything of an account. */
  resource: string;
  principals: (Able & { principal: string })[];
  /** Accounts in which nobody is registered: all of their principals can. */
  accounts: (Able & { account: string })[];
  /** Services in their own names. */
  services: (Able & { service: string })[];
  /** Whoever is not named otherwise, where he can. */
  everyone: (Able & { principal: string }) | null;
}

/** An action that somebody can do. */
export type AbleAction = Able & { action: string };

/** What somebody can do. */
export interface WhatCan {
  /** The version of this form. */
  version: number;
  principal: string;
  /** Keys of which he can do something. */
  keys: { key: string; actions: AbleAction[] }[];
  /** Actions that are on no key. */
  account: AbleAction[];
  /** Where there are more keys: the ARN behind which to go on. */
  after?: string;
}

/** Whether anybody outside can ever use a key. */
export interface Exposure {
  /** The version of this form. */
  version: number;
  /** The ARN of the key. */
  resource: string;
  /** `no` is proved, and `yes` has a witness. */
  exposed: 'yes' | 'no' | 'undecided';
  /** Who is not outside. */
  within: { accounts: string[]; organizations: string[] };
  /** Who may be able to use the key: by an ARN, an account, the name of a service, or `*` for all others. */
  outside: { principal: string; actions: string[]; paths: AccessPath[]; limits: AccessLimit[] }[];
  /** Where the answer is `yes`: a request that is let through. */
  witness?: Record<string, unknown>;
}
