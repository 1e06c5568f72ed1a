// A user, a group or a role as it is typed, and as it is registered.
import { textOf, type Directory, type PolicyDocument, type Principal } from '../../kms/directory';
import { nameOf, pathOf } from '../../kms/identities';
import { accountOf, partitionOf } from '../../kms/places-config';
import { FIRST_POLICY } from '../../parts/policies-editor';
import { pairsOf, valuesOf, type Pair } from '../../parts/pairs';

export type Kind = 'user' | 'group' | 'role';

export interface InlinePolicy {
  name: string;
  text: string;
}

export interface Draft {
  kind: Kind;
  account: string;
  /** From slash to slash. */
  path: string;
  name: string;
  policies: InlinePolicy[];
  managed: string[];
  boundary: string;
  groups: string[];
  tags: Pair[];
  trust: string;
  /** In seconds, as it is typed; empty for an hour. */
  maxSession: string;
}

export function newDraft(kind: Kind, account: string): Draft {
  return { kind, account, path: '/', name: '', policies: [], managed: [], boundary: '', groups: [], tags: [], trust: '', maxSession: '' };
}

export function draftOf(kind: Kind, arn: string, principal: Principal): Draft {
  const { managedPolicies = [], permissionsBoundary, groups = [], tags = {}, trustPolicy, maxSessionDuration } = principal;
  return {
    kind,
    account: accountOf(arn),
    path: pathOf(arn),
    name: nameOf(arn),
    policies: inlineOf(principal),
    managed: managedPolicies,
    boundary: permissionsBoundary ?? '',
    groups,
    tags: pairsOf(tags),
    trust: textOf(trustPolicy),
    maxSession: maxSessionDuration === undefined ? '' : String(maxSessionDuration),
  };
}

export function inlineOf({ policies = {} }: Principal): InlinePolicy[] {
  const named: [string, PolicyDocument][] = Array.isArray(policies)
    ? policies.map((document, at) => [`policy-${at + 1}`, document])
    : Object.entries(policies);
  return named.map(([name, document]) => ({ name, text: textOf(document) }));
}

/** The next inline policy, under a name that no other one has. */
export function withPolicy(policies: readonly InlinePolicy[]): InlinePolicy[] {
  const taken = new Set(policies.map(({ name }) => name));
  let number = policies.length + 1;
  while (taken.has(`policy-${number}`)) number += 1;
  return [...policies, { name: `policy-${number}`, text: FIRST_POLICY }];
}

export function arnOf({ kind, account, path, name }: Draft, region: string): string {
  return `arn:${partitionOf(region)}:iam::${account.trim()}:${kind}${path.trim() || '/'}${name.trim()}`;
}

/** The entry as it is registered. `former` is kept of what the form does not show. */
export function entryOf(draft: Draft, former: Principal): Principal {
  const { kind, policies, managed, boundary, groups, tags, trust, maxSession } = draft;
  const texts = (list: readonly string[]) => list.map((text) => text.trim()).filter((text) => text !== '');
  const { uniqueId, serviceLinked } = former;
  return {
    ...(uniqueId === undefined ? {} : { uniqueId }),
    ...(serviceLinked ? { serviceLinked } : {}),
    policies: Object.fromEntries(policies.map(({ name, text }) => [name, text])),
    managedPolicies: texts(managed),
    ...(kind === 'user' ? { groups: texts(groups) } : {}),
    ...(kind === 'group' ? {} : { tags: valuesOf(tags) }),
    ...(kind === 'group' || boundary.trim() === '' ? {} : { permissionsBoundary: boundary.trim() }),
    ...(kind === 'role' && trust.trim() !== '' ? { trustPolicy: trust } : {}),
    ...(kind === 'role' && maxSession.trim() !== '' ? { maxSessionDuration: Number(maxSession) } : {}),
  };
}

/** The registration of a draft: under the ARN that it has already, or under the one that its name makes. */
export function registrationOf(draft: Draft, region: string, edited: { name: string; entry: Principal } | undefined): Directory {
  return { principals: { [edited?.name ?? arnOf(draft, region)]: entryOf(draft, edited?.entry ?? {}) } };
}
