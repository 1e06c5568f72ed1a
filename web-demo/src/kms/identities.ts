// Whom one can be: the root users, users and roles that a directory names, or those that everybody has before it names any.
import { entriesOf, type Directory, type Organization, type Unit } from './directory';
import { words } from '../words';
import type { JournalEntry } from '../world/protocol';
import { ACCOUNTS, accountOf, grouped, rootOf } from './places-config';

export interface KnownAccount {
  id: string;
  /** Without a registered principal, an account's identity policies allow everything. */
  trusted: boolean;
  /** The organization to which it belongs. */
  organization: string | undefined;
  /** ARNs of its root user, its users and its roles. */
  callers: string[];
}

/** Accounts without trust, for good: somebody was registered in them, and may have been removed since. */
export function registeredIn(journal: readonly JournalEntry[]): Set<string> {
  return new Set(journal.flatMap(({ table, key }) => (table === 'principals' ? (/\b\d{12}\b/.exec(key) ?? []) : [])));
}

/** `added` are accounts that a person has named, `untrusted` those in which the directory decides anyway. */
export function knownAccounts(directory: Directory, added: readonly string[], untrusted: ReadonlySet<string>): KnownAccount[] {
  const registered = entriesOf(directory.principals).map(([arn]) => arn);
  const members = membersOf(directory);
  const owners = entriesOf(directory.vpcEndpoints).flatMap(([, { owner }]) => (owner ? [owner] : []));
  const policies = entriesOf(directory.policies).map(([arn]) => accountOf(arn));
  const named = [...ACCOUNTS.map(({ id }) => id), ...registered.map(accountOf), ...members.keys(), ...owners, ...policies, ...added];
  const ids = [...new Set(named.filter((id) => /^\d{12}$/.test(id)))];
  return ids.map((id) => {
    const own = registered.filter((arn) => accountOf(arn) === id);
    const callers = own.filter((arn) => kindOf(arn) !== 'group');
    const trusted = own.length === 0 && !untrusted.has(id);
    return {
      id,
      trusted,
      organization: members.get(id),
      callers: [rootOf(id, ''), ...(trusted ? builtIn(id) : callers)],
    };
  });
}

function builtIn(account: string): readonly string[] {
  return ACCOUNTS.find(({ id }) => id === account)?.callers ?? [];
}

/** The organization of each account that is in one. */
function membersOf({ organizations }: Directory): Map<string, string> {
  return new Map(
    entriesOf(organizations).flatMap(([id, organization]) => accountsIn(organization).map((account): [string, string] => [account, id])),
  );
}

export function accountsIn(organization: Organization): string[] {
  return [organization.managementAccount, ...memberAccounts(organization)];
}

function memberAccounts({ accounts = {}, units = {} }: Unit): string[] {
  return [...Object.keys(accounts), ...Object.values(units).flatMap(memberAccounts)];
}

export type PrincipalKind = 'root' | 'user' | 'group' | 'role' | 'session' | 'federated' | 'other';

const KINDS: Record<string, PrincipalKind> = {
  root: 'root',
  user: 'user',
  group: 'group',
  role: 'role',
  'assumed-role': 'session',
  'federated-user': 'federated',
};

/** What an ARN of IAM or STS names. */
export function kindOf(arn: string): PrincipalKind {
  const [kind = ''] = resourceOf(arn).split('/');
  return KINDS[kind] ?? 'other';
}

/** The name behind the path of a user, a group or a role. */
export function nameOf(arn: string): string {
  return resourceOf(arn).split('/').at(-1) ?? '';
}

/** The path of a user, a group or a role, such as `/team/`. */
export function pathOf(arn: string): string {
  const [, ...parts] = resourceOf(arn).split('/');
  return parts.length < 2 ? '/' : `/${parts.slice(0, -1).join('/')}/`;
}

/** The ARN of a session of a role; it does not tell the role's path. */
export function sessionOf(role: string, session: string): string {
  const [arn = 'arn', partition = 'aws'] = role.split(':');
  return `${arn}:${partition}:sts::${accountOf(role)}:assumed-role/${nameOf(role)}/${session}`;
}

function resourceOf(arn: string): string {
  return arn.split(':').slice(5).join(':');
}

/** `Root user @ 1111-2222-3333`, as the console writes account ids. */
export function callerName(arn: string): string {
  const account = accountOf(arn);
  return account === '' ? arn : `${shortName(arn)} @ ${grouped(account)}`;
}

/** Who it is inside of its account. */
export function shortName(arn: string): string {
  const { root, user, role, federated } = words.who.kinds;
  switch (kindOf(arn)) {
    case 'root':
      return root;
    case 'user':
      return `${user} ${nameOf(arn)}`;
    case 'role':
      return `${role} ${nameOf(arn)}`;
    case 'session':
      return resourceOf(arn).split('/').slice(1).join('/');
    case 'federated':
      return `${federated} ${nameOf(arn)}`;
    default:
      return arn;
  }
}
