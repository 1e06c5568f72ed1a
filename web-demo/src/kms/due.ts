// What time will bring: the deletions that are scheduled anywhere in the world, as the journal tells.
import type { JournalEntry } from '../world/protocol';

export interface Due {
  /** The Region of the key, its account and its id, such as `us-east-1:111122223333:key/<id>`. */
  key: string;
  /** When it is deleted, in milliseconds since 1970. */
  time: number;
}

/** The part of a row of keys that says when the key of a Region is deleted; a primary key may wait for its replicas. */
interface Regional {
  region: string;
  deletion: { date: number | null } | null;
}

/** Soonest first. */
export function dueDeletions(journal: readonly JournalEntry[]): Due[] {
  const due = new Map<string, Due[]>();
  for (const { table, key, row } of journal) {
    if (table === 'keys') due.set(key, deletions(key, row as { regions: Regional[] } | null));
  }
  return [...due.values()].flat().sort((one, other) => one.time - other.time);
}

function deletions(key: string, row: { regions: Regional[] } | null): Due[] {
  return (row?.regions ?? []).flatMap(({ region, deletion }) =>
    deletion?.date == null ? [] : [{ key: `${region}:${key}`, time: deletion.date }],
  );
}
