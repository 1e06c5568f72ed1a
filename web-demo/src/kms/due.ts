// What time will bring: the deletions that are scheduled anywhere in the world, as the journal tells.
import type { JournalEntry } from '../world/protocol';

export interface Due {
  /** The ARN of the key. */
  key: string;
  /** When it is deleted, in milliseconds since 1970. */
  time: number;
}

/** Soonest first. */
export function dueDeletions(journal: readonly JournalEntry[]): Due[] {
  const due = new Map<string, number>();
  for (const { table, key, row } of journal) {
    if (table !== 'keys') continue;
    const date = (row as { deletion?: { date: number } | null } | null)?.deletion?.date;
    if (date === undefined) due.delete(key);
    else due.set(key, date);
  }
  return [...due].map(([key, time]) => ({ key, time })).sort((one, other) => one.time - other.time);
}
