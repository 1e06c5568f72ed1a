// The link to the world that is open.
import { useCallback } from 'react';
import { useClient, useQuery, useStatus, type Query } from '../../world/context';
import type { Shared } from '../../world/protocol';

/** Whether everything in the world follows from a seed: no other one has a link. */
export function useIsSeeded(): boolean {
  const status = useStatus();
  return status.phase === 'open' && status.seeded;
}

/** `null` where there is no link, as that of an empty world without a seed. */
export function useShared(): Query<Shared | null> {
  const client = useClient();
  const isSeeded = useIsSeeded();
  return useQuery(useCallback(async () => (isSeeded ? client.share(pageAddress()) : null), [client, isSeeded]));
}

/** Without what follows the `#`, and without any query. */
export function pageAddress(): string {
  const { origin, pathname } = window.location;
  return `${origin}${pathname}`;
}
