// What a page knows of the clusters, the services and the proxies behind custom key stores.
import { useCallback } from 'react';
import type { StoresSetup } from '../kms/stores-setup';
import { useClient, useQuery, type Query } from '../world/context';

const NOTHING: StoresSetup = {};

export function useSetupQuery(): Query<StoresSetup> {
  const client = useClient();
  return useQuery(useCallback(() => client.stores(), [client]), ['stores']);
}

/** As far as it has come. */
export function useSetup(): StoresSetup {
  return useSetupQuery().value ?? NOTHING;
}
