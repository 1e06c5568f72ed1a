// What a world knows of IAM and its neighbours, in the one form in which it is registered and read.
import type { DirectoryEntries, OrganizationAccount, OrganizationPolicy, PolicyDocument, Role, User } from 'pocket-kms';

export type { PolicyDocument } from 'pocket-kms';

/** A user, a group or a role. */
export type Principal = Partial<User & Role>;

export type Endpoint = NonNullable<NonNullable<DirectoryEntries['vpcEndpoints']>[string]>;

/** A part of an organization: its root, a unit or an account, each with policies of its own. */
export type Part = OrganizationAccount;

export type ControlPolicy = OrganizationPolicy;

/** As it is read: accounts by their ids. */
export interface Unit extends Part {
  units?: Record<string, Unit>;
  accounts?: Record<string, Part>;
}

export interface Organization extends Unit {
  managementAccount: string;
  root?: string;
}

export interface Directory extends Omit<DirectoryEntries, 'principals' | 'organizations'> {
  principals?: Record<string, Principal | null>;
  organizations?: Record<string, Organization | null>;
}

/** An entry that is not removed. */
export function entriesOf<T>(entries: Record<string, T | null> | undefined): [name: string, entry: T][] {
  return Object.entries(entries ?? {}).flatMap(([name, entry]) => (entry === null ? [] : [[name, entry]]));
}

/** A document as a person reads and edits it. */
export function textOf(document: PolicyDocument | null | undefined): string {
  if (document == null) return '';
  return typeof document === 'string' ? document : JSON.stringify(document, null, 2);
}
