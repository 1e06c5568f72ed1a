// Whom a key policy can be asked to name: the users and roles of an account.
import { kindOf, nameOf, pathOf, type KnownAccount, type PrincipalKind } from './identities';
import { accountOf, callerIn } from './places-config';
import type { Place } from '../world/protocol';

export interface Candidate {
  arn: string;
  name: string;
  path: string;
  kind: PrincipalKind;
}

/** Those of the caller's own account, as the console offers them. */
export function candidatesOf(accounts: readonly KnownAccount[], { caller, region }: Place): Candidate[] {
  const own = accounts.find(({ id }) => id === accountOf(caller))?.callers ?? [];
  return own
    .map((arn) => callerIn(arn, region))
    .map((arn) => ({ arn, name: nameOf(arn), path: pathOf(arn), kind: kindOf(arn) }))
    .filter(({ kind }) => kind === 'user' || kind === 'role');
}
