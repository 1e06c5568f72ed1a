// Whom one wants to be, as it is typed, and as the place that follows from it.
import { kindOf, sessionOf } from '../kms/identities';
import { pairsOf, valuesOf, type Pair } from '../parts/pairs';
import type { Place } from '../world/protocol';

export interface Draft {
  principal: string;
  /** Of a role: the name of the session in which it is acted. */
  session: string;
  policies: string[];
  tags: Pair[];
  mfa: boolean;
  endpoint: string;
  sourceIp: string;
  tokens: string[];
}

const SESSION = 'playground';

/** Begins with who one is, or with somebody else of whom nothing is known yet. */
export function draftOf({ caller, session, origin, grantTokens = [] }: Place, principal = caller): Draft {
  const same = principal === caller;
  return {
    principal,
    session: SESSION,
    policies: same ? [...(session?.policies ?? [])] : [],
    tags: same ? pairsOf(session?.tags ?? {}) : [],
    mfa: (same && session?.mfa) || false,
    endpoint: (same && origin?.vpcEndpoint) || '',
    sourceIp: (same && origin?.sourceIp) || '',
    tokens: same ? [...grantTokens] : [],
  };
}

export function isWhole({ principal, session }: Draft): boolean {
  return principal.trim() !== '' && (kindOf(principal.trim()) !== 'role' || session.trim() !== '');
}

export function placeOf(draft: Draft): Pick<Place, 'caller'> & Partial<Place> {
  const principal = draft.principal.trim();
  const policies = draft.policies.filter((policy) => policy.trim() !== '');
  const tags = valuesOf(draft.tags);
  const tokens = draft.tokens.map((token) => token.trim()).filter((token) => token !== '');
  const session = {
    ...(policies.length > 0 ? { policies } : {}),
    ...(Object.keys(tags).length > 0 ? { tags } : {}),
    ...(draft.mfa ? { mfa: true } : {}),
  };
  const origin = {
    ...(draft.endpoint === '' ? {} : { vpcEndpoint: draft.endpoint }),
    ...(draft.sourceIp.trim() === '' ? {} : { sourceIp: draft.sourceIp.trim() }),
  };
  return {
    caller: kindOf(principal) === 'role' ? sessionOf(principal, draft.session.trim()) : principal,
    ...(Object.keys(session).length > 0 ? { session } : {}),
    ...(Object.keys(origin).length > 0 ? { origin } : {}),
    ...(tokens.length > 0 ? { grantTokens: tokens } : {}),
  };
}
