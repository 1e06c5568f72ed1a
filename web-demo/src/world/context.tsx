// The world as React sees it: the client, its status, and queries that look again when something changed.
import { QueryClient, QueryClientProvider, keepPreviousData, useQuery as useTanStackQuery } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useSyncExternalStore, type ReactNode } from 'react';
import type { Input, Operation, Output } from './operations';
import type { ClockStatus, Place, Status, MadeCall, WorldClient } from './protocol';
import { refusal, type Refusal } from './refusal';

const Client = createContext<WorldClient | null>(null);
const CurrentPlace = createContext<Place>({ region: '', caller: '' });

export function WorldProvider({ client, place, children }: { client: WorldClient; place: Place; children: ReactNode }) {
  return (
    <QueryClientProvider client={QUERIES}>
      <Client value={client}>
        <CurrentPlace value={place}>{children}</CurrentPlace>
      </Client>
    </QueryClientProvider>
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

/**
 * The answer to a question; asked again whenever the question or the world changes, and the old answer stays until the new
 * one is there. Give a stable `ask`. Parts of a page whose questions have one `name` share the answer.
 */
export function useQuery<T>(ask: () => Promise<T>, name?: readonly unknown[]): Query<T> {
  const revision = useRevision();
  const { data, error, isPending } = useTanStackQuery({
    queryKey: [...(name ?? [numberOf(ask)]), revision],
    // A question may have no answer, which is not an error here.
    queryFn: async () => ({ value: await ask() }),
    placeholderData: keepPreviousData,
  });
  if (error) return { value: undefined, refusal: refusal(error), loading: false };
  return { value: data?.value, refusal: undefined, loading: isPending };
}

/** Answers are for who looks now: what changes a world without a new revision, such as a look itself, is seen at the next look. */
const QUERIES = new QueryClient({
  defaultOptions: {
    queries: {
      retry: false,
      gcTime: 0,
      staleTime: 0,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      // The world is in the browser, or on this machine.
      networkMode: 'always',
      // What an answer has is more than JSON: dates and bytes.
      structuralSharing: false,
    },
  },
});

const NUMBERS = new WeakMap<object, number>();
let questions = 0;

/** Questions without a name are told apart by what asks them. */
function numberOf(ask: object): number {
  const known = NUMBERS.get(ask);
  if (known !== undefined) return known;
  questions += 1;
  NUMBERS.set(ask, questions);
  return questions;
}
