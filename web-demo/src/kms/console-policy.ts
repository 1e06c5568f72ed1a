// The console's own key policy, read back: who administers the key, and who uses it (P2-296).
import type { KeyMetadata } from '../world/operations';
import { keyPolicy, type Permissions } from './key-policy';
import { accountOf, rootOf } from './places-config';

/** What a person chooses in the default view. */
export type Named = Pick<Permissions, 'administrators' | 'administratorsMayDelete' | 'users' | 'accounts'>;

/** What a key is besides: its policy follows from both. */
export type KeyFacts = Omit<Permissions, keyof Named>;

export function factsOf({ Arn, AWSAccountId, KeySpec, KeyUsage, Origin, MultiRegion }: KeyMetadata): KeyFacts {
  return { account: AWSAccountId, region: Arn.split(':')[3] ?? '', spec: KeySpec, usage: KeyUsage, origin: Origin, multiRegion: MultiRegion };
}

/** The console's policies begin their ids with this. */
const CONSOLE = 'key-consolepolicy';

interface Statement {
  Sid?: unknown;
  Principal?: { AWS?: unknown };
  Action?: unknown;
}

interface Document {
  Id?: unknown;
  Statement?: unknown;
}

/** What the default view shows; `undefined` where it cannot show the policy: writing it again would give another one. */
export function readConsolePolicy(policy: string, facts: KeyFacts): Named | undefined {
  const document = parsed(policy);
  if (!document || !String(document.Id).startsWith(CONSOLE) || !Array.isArray(document.Statement)) return undefined;
  const named = namedIn(document.Statement as Statement[], facts.region);
  return sameStatements(document, parsed(keyPolicy({ ...facts, ...named }))) ? named : undefined;
}

function namedIn(statements: readonly Statement[], region: string): Named {
  const [administration, use] = ['Allow access for Key Administrators', 'Allow use of the key'].map((sid) =>
    statements.find(({ Sid }) => Sid === sid),
  );
  const everyone = textsOf(use?.Principal?.AWS);
  const isAccount = (arn: string) => arn === rootOf(accountOf(arn), region);
  return {
    administrators: textsOf(administration?.Principal?.AWS),
    administratorsMayDelete: !administration || textsOf(administration.Action).includes('kms:ScheduleKeyDeletion'),
    users: everyone.filter((arn) => !isAccount(arn)),
    accounts: everyone.filter(isAccount).map(accountOf),
  };
}

/** One text, or several: both forms say the same. */
function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((text) => typeof text === 'string');
}

function parsed(policy: string): Document | undefined {
  try {
    const document = JSON.parse(policy) as unknown;
    return typeof document === 'object' && document !== null ? document : undefined;
  } catch {
    return undefined;
  }
}

function sameStatements(one: Document, other: Document | undefined): boolean {
  return settled(one.Statement) === settled(other?.Statement);
}

/** The same text for all ways to say the same: the order of lists, and `true` or `"true"` (P2-288). */
function settled(value: unknown): string {
  if (Array.isArray(value)) return value.length === 1 ? settled(value[0]) : `[${value.map(settled).sort().join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(String(value));
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}:${settled(member)}`);
  return `{${members.sort().join()}}`;
}
