// Everybody who can do something, whatever an answer calls them.
import type { Able, WhoCan } from 'pocket-kms';

export type { AccessLimit, AccessPath } from 'pocket-kms';

/** What somebody is, in the order in which they are shown. */
export type AbleKind = 'principal' | 'account' | 'service' | 'everyone';

export interface NamedAble extends Able {
  is: AbleKind;
  name: string;
}

export function everybodyIn({ principals, accounts, services, everyone }: WhoCan): NamedAble[] {
  return [
    ...principals.map((able) => ({ ...able, is: 'principal' as const, name: able.principal })),
    ...accounts.map((able) => ({ ...able, is: 'account' as const, name: able.account })),
    ...services.map((able) => ({ ...able, is: 'service' as const, name: able.service })),
    ...(everyone ? [{ ...everyone, is: 'everyone' as const, name: everyone.principal }] : []),
  ];
}
