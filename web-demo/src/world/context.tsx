// The world as React sees it: the client, its status, and queries that look again when something changed.
import { createContext, useCallback, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { Input, Operation, Output } from './operations';
import type { ClockStatus, Place, Status, MadeCall, WorldClient } from './protocol';
import { refusal, type Refusal } from './refusal';

const Client = createContext<WorldClient | null>(null);
const CurrentPlace = createContext<Place>({ region: '', caller: '' });

export function WorldProvider({ client, place, children }: { client: WorldClient; place: Place; children: ReactNode }) {
  return (
    <Client value={client}>
      <CurrentPlace value={place}>{children}</CurrentPlace>
    </Client>
  );
}

export function useClient(): WorldClient {
  const client = useContext(Client);
  if (!client) throw new Error('This component is not inside a world.');
  return client;
}

export const usePlace = (): Place => useContext(CurrentPlace);

export function useStatus(): Status {
  const client = useClient();
  return useSyncExternalStore(client.watch, client.status);
}

/** Grows whenever the world changes. */
export function useRevision(): number {
  const status = useStatus();
  return status.phase === 'open' ? status.revision : 0;
}

export function useClock(): ClockStatus | null {
  const status = useStatus();
  return status.phase === 'open' ? status.clock : null;
}

/** The address at which AWS's tools find the world; `null` for one in the browser. */
export function useApi(): string | null {
  const status = useStatus();
  return status.phase === 'open' ? status.api : null;
}

/** Makes calls as the caller and in the Region that are chosen. */
export type Call = <O extends Operation>(operation: O, input: Input<O>) => Promise<Output<O>>;

export function useCall(): Call {
  const client = useClient();
  const place = usePlace();
  return useCallback((operation, input) => client.call(operation, input, place), [client, place]);
}

/** The last calls of this page, oldest first. */
export function useCalls(): readonly MadeCall[] {
  const { calls } = useClient();
  return useSyncExternalStore(calls.watch, calls.list);
}

export interface Query<T> {
  value: T | undefined;
  refusal: Refusal | undefined;
  loading: boolean;
}

/** The answer to a question; asked again whenever the question or the world changes. Give a stable `ask`. */
export function useQuery<T>(ask: () => Promise<T>): Query<T> {
  const revision = useRevision();
  const [query, setQuery] = useState<Query<T>>({ value: undefined, refusal: undefined, loading: true });
  useEffect(() => {
    let current = true;
    const settle = (query: Query<T>) => current && setQuery(query);
    ask().then(
      (value) => settle({ value, refusal: undefined, loading: false }),
      (thrown: unknown) => settle({ value: undefined, refusal: refusal(thrown), loading: false }),
    );
    return () => {
      current = false;
    };
  }, [ask, revision]);
  return query;
}
