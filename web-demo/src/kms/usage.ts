// What is used and by whom, as a page reads it: permissions that nobody needed, users of a key, findings.
import type { WorldClient } from '../world/protocol';
import type { Where } from './metrics';

/** What somebody may do, and what of it was never needed. */
export interface Unused {
  /** Whether nobody is registered in the account, so that everything is allowed. */
  trusted: boolean;
  statements: readonly UnusedStatement[];
  grants: readonly UnusedGrant[];
}

export interface UnusedStatement {
  layer: string;
  policy?: string;
  key?: string;
  statement: number;
  sid?: string;
  used: boolean;
  actions: readonly UnusedActions[];
}

/** An action of a statement, what of it was needed, and by access level what was not. */
export interface UnusedActions {
  action: string;
  used: readonly string[];
  unused: Record<string, readonly string[]>;
}

export interface UnusedGrant {
  key: string;
  grantId: string;
  used: boolean;
  needed: readonly string[];
  unused: readonly string[];
}

export function unused(client: WorldClient, principal: string): Promise<Unused> {
  return client.audit('unused', { principal }) as Promise<Unused>;
}

/** How often something happened, and when. */
interface Span {
  times: number;
  first: string;
  last: string;
}

export interface User extends Span {
  principal: string;
  refused: number;
  operations: readonly ({ operation: string } & Span)[];
  contexts: Record<string, readonly string[]>;
  by: readonly string[];
}

export async function usersOf(client: WorldClient, key: string, where: Where): Promise<readonly User[]> {
  const { users } = (await client.audit('users_of', { key, ...where })) as { users: readonly User[] };
  return users;
}

/** What would have failed, had the key been deleted. */
export interface DryDeletion {
  safe: boolean;
  callers: readonly { principal: string; operations: readonly LostOperation[] }[];
  unaffected: number;
  lost: { aliases: readonly string[]; grants: number; replicas: readonly string[] };
}

export interface LostOperation extends Span {
  operation: string;
  error: string;
  message: string | null;
}

export function dryDeletion(client: WorldClient, key: string, where: Where): Promise<DryDeletion> {
  return client.audit('dry_deletion', { key, ...where }) as Promise<DryDeletion>;
}

export interface Finding extends Span {
  finding: string;
  sentence: string;
  subject: string;
  /** Ids of the records that prove it. */
  records: readonly string[];
}

export async function findings(client: WorldClient, where: Where): Promise<readonly Finding[]> {
  const { findings } = (await client.audit('findings', { filter: { account: where.account } })) as { findings: readonly Finding[] };
  return findings;
}
