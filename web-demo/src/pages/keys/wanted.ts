// Which keys a table needs described: those that it shows, or all where it sorts or filters by what is described.
import { useMemo } from 'react';
import type { Wanted } from '../../shell/known-keys';
import type { Row } from './rows';

export function useWanted(rows: readonly Row[], shown: readonly Row[], { all, tags }: { all: boolean; tags: boolean }): Wanted {
  const first = shown.map(({ id }) => id).join(' ');
  const others = useMemo(() => (all ? rows.map(({ id }) => id) : []), [all, rows]);
  // Those that can be seen come first.
  return useMemo(() => ({ ids: [...(first === '' ? [] : first.split(' ')), ...others], tags }), [first, others, tags]);
}

/** Whether some of these are still to be described. */
export function isMissing(rows: readonly Row[], tags: boolean): boolean {
  return rows.some(({ key }) => !key.described || (tags && !key.tagged));
}
