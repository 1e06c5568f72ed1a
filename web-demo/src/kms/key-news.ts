// What the rows of a journal tell about lists of keys: which keys to describe again, and which lists to ask for again.
import type { JournalEntry } from '../world/protocol';

export interface KeyNews {
  /** Everything may be different, also what the caller may see. */
  everything: boolean;
  keys: boolean;
  aliases: boolean;
  /** The ids of keys that have changed. */
  changed: ReadonlySet<string>;
}

/** Rows that no list or description of keys shows. */
const UNSEEN: readonly string[] = ['secrets'];
/** Rows that are about one key: what it is, and who may describe it. */
const OF_A_KEY: readonly string[] = ['keys', 'policies', 'grants'];

/** `after` is the number of the last change that is known. */
export function keyNews(journal: readonly JournalEntry[], after: number): KeyNews {
  const news = journal.filter(({ number }) => number > after);
  const changed = new Set<string>();
  // Without a row, something has changed that has none, such as the clock. Older rows may be forgotten.
  let everything = news.length === 0 || (news[0]?.number ?? 0) > after + 1;
  for (const { table, key } of news) {
    if (UNSEEN.includes(table) || table === 'aliases') continue;
    const id = OF_A_KEY.includes(table) ? idIn(key) : undefined;
    if (id === undefined) everything = true;
    else changed.add(id);
  }
  return {
    everything,
    changed,
    keys: everything || news.some(({ table }) => table === 'keys'),
    aliases: everything || news.some(({ table }) => table === 'aliases'),
  };
}

/** The name of a row is or has an ARN, or its end. */
function idIn(key: unknown): string | undefined {
  const text = typeof key === 'string' ? key : JSON.stringify(key);
  return /:key\/([^/"]+)/.exec(text)?.[1];
}
