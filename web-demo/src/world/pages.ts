// A list that KMS gives page by page, each page asked for when somebody turns to it.
import { useCallback, useState } from 'react';
import { useQuery, type Query } from './context';

export interface Page<T> {
  items: T[];
  /** Where the next page begins; `undefined` on the last one. */
  next: string | undefined;
}

export interface Paged<T> extends Query<T[]> {
  /** Counts from 1. */
  page: number;
  /** How many pages are known. */
  known: number;
  /** Whether there is a page behind those that are known. */
  more: boolean;
  turn(page: number): void;
}

/** Give a stable `ask`. The page that is open is asked for again whenever the world changes. */
export function usePages<T>(ask: (from: { Marker?: string }) => Promise<Page<T>>): Paged<T> {
  const [markers, setMarkers] = useState<readonly (string | undefined)[]>([undefined]);
  const [page, setPage] = useState(1);
  const marker = markers[page - 1];
  const { value, ...query } = useQuery(
    useCallback(async () => ({ marker, ...(await ask(marker === undefined ? {} : { Marker: marker })) }), [ask, marker]),
  );
  // Until the page has come, what is known is the page before.
  const next = value?.marker === marker ? value?.next : undefined;
  const more = page === markers.length && next !== undefined;
  const turn = (to: number) => {
    if (to > markers.length && !more) return;
    if (to > markers.length) setMarkers([...markers, next]);
    setPage(to);
  };
  return { ...query, value: value?.items, page, known: markers.length, more, turn };
}
