// What a page knows of the directory.
import { useCallback, useMemo } from 'react';
import { knownAccounts, registeredIn, type KnownAccount } from '../kms/identities';
import { useClient, useQuery, type Query } from '../world/context';
import type { Directory } from '../kms/directory';
import { usePreference } from './preferences';

const NOTHING: Directory = {};

export function useDirectory(): Query<Directory> {
  const client = useClient();
  return useQuery(useCallback(() => client.directory(), [client]), ['directory']);
}

/** The directory as far as it has come. */
export function useKnown(): Directory {
  return useDirectory().value ?? NOTHING;
}

/** Every account that somebody has named, with whom one can be in it; the same list until there is another one. */
export function useAccounts(): KnownAccount[] {
  const client = useClient();
  const known = useKnown();
  const [added] = useAddedAccounts();
  const { value: journal } = useQuery(useCallback(() => client.journal(), [client]), ['journal']);
  const untrusted = useMemo(() => registeredIn(journal ?? []), [journal]);
  return useMemo(() => knownAccounts(known, added, untrusted), [known, added, untrusted]);
}

const NONE: readonly string[] = [];

/** Accounts that exist because somebody has said so here. */
export function useAddedAccounts() {
  return usePreference<readonly string[]>('accounts', NONE);
}
