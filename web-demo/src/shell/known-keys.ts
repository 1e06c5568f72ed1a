// The keys of the place as a page shows them: named at once, described as far as somebody looks.
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { knownKeys, type Known } from '../kms/known-keys';
import { isAwsManaged, type KeySummary } from '../kms/keys';
import { useClient, usePlace, useQuery } from '../world/context';
import type { Refusal } from '../world/refusal';

/** Which keys a page shows more of than their names; `tags` if it shows those, too. */
export interface Wanted {
  ids: readonly string[];
  tags: boolean;
}

export function useKnownKeys(): Known & { refusal: Refusal | undefined; loading: boolean } {
  const known = useHere();
  const { refusal, loading } = useQuery(useCallback(() => known.look().then(() => true), [known]));
  const list = useSyncExternalStore(known.watch, known.list);
  return { ...list, refusal, loading };
}

/** Describes what is wanted, again whenever it has changed. Give a stable list. */
export function useDescribed({ ids, tags }: Wanted): void {
  const known = useHere();
  const list = useSyncExternalStore(known.watch, known.list);
  useEffect(() => {
    const stop = new AbortController();
    void known.describe(ids, tags, stop.signal);
    return () => stop.abort();
  }, [known, list, ids, tags]);
}

/** The keys of customers in one of these custom key stores, each described. Give a stable list. */
export function useKeysIn(stores: readonly string[]): { keys: readonly KeySummary[]; refusal: Refusal | undefined; loading: boolean } {
  const { keys: all, refusal, loading } = useKnownKeys();
  const names = all.filter((key) => !isAwsManaged(key)).map(({ id }) => id).join(' ');
  useDescribed(useMemo(() => ({ ids: names.split(' '), tags: false }), [names]));
  const keys = useMemo(() => all.filter(({ metadata }) => stores.includes(metadata?.CustomKeyStoreId ?? '')), [all, stores]);
  const isAsking = keys.length === 0 && all.some((key) => !key.described && !isAwsManaged(key));
  return { keys, refusal, loading: loading || isAsking };
}

function useHere() {
  const client = useClient();
  const place = usePlace();
  return useMemo(() => knownKeys(client, place), [client, place]);
}
