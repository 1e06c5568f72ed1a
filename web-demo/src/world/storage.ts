// Stores a world: an IndexedDB database with a root key, a sealed snapshot, what the world is, and the journal.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { About } from './beginnings';
import { JOURNAL_LENGTH, type JournalEntry } from './protocol';
import type { Sleeping, Slot, SlotName } from './slots';

const DATABASE = 'pocket-kms-playground';
const WORLD = 'world';
const JOURNAL = 'journal';

interface Kept {
  rootKey: Uint8Array;
  snapshot: Uint8Array;
  about: About;
  /** Which world is open: said in the database of the person's own. */
  present: SlotName;
}

interface Schema extends DBSchema {
  [WORLD]: { key: keyof Kept; value: Kept[keyof Kept] };
  [JOURNAL]: { key: number; value: JournalEntry };
}

export class Storage implements Slot {
  #database: IDBPDatabase<Schema>;

  private constructor(database: IDBPDatabase<Schema>) {
    this.#database = database;
  }

  static async open(name = DATABASE): Promise<Storage> {
    return new Storage(
      await openDB<Schema>(name, 1, {
        upgrade(database) {
          database.createObjectStore(WORLD);
          database.createObjectStore(JOURNAL, { keyPath: 'number' });
        },
      }),
    );
  }

  async load(): Promise<Sleeping> {
    const transaction = this.#both();
    const world = transaction.objectStore(WORLD);
    const kept = async <K extends keyof Kept>(name: K) => (await world.get(name)) as Kept[K] | undefined;
    const [known, snapshot, about, journal] = await Promise.all([
      kept('rootKey'),
      kept('snapshot'),
      kept('about'),
      transaction.objectStore(JOURNAL).getAll(),
    ]);
    const rootKey = known ?? crypto.getRandomValues(new Uint8Array(32));
    if (!known) await world.put(rootKey, 'rootKey');
    await transaction.done;
    return { rootKey, snapshot, journal, about };
  }

  /** Writes the world and what is new in the journal, both or neither. */
  async save(snapshot: Uint8Array, entries: JournalEntry[]): Promise<void> {
    const transaction = this.#both();
    const journal = transaction.objectStore(JOURNAL);
    const last = entries.at(-1)?.number ?? 0;
    const forgotten = last > JOURNAL_LENGTH ? [journal.delete(IDBKeyRange.upperBound(last - JOURNAL_LENGTH))] : [];
    await Promise.all([
      transaction.objectStore(WORLD).put(snapshot, 'snapshot'),
      ...entries.map((entry) => journal.put(entry)),
      ...forgotten,
      transaction.done,
    ]);
  }

  async replace({ rootKey, snapshot, about, journal }: Sleeping): Promise<void> {
    const transaction = this.#both();
    const [world, entries] = [transaction.objectStore(WORLD), transaction.objectStore(JOURNAL)];
    await Promise.all([
      entries.clear(),
      ...journal.map((entry) => entries.put(entry)),
      world.put(rootKey, 'rootKey'),
      snapshot ? world.put(snapshot, 'snapshot') : world.delete('snapshot'),
      about ? world.put(about, 'about') : world.delete('about'),
      transaction.done,
    ]);
  }

  async present(): Promise<SlotName> {
    return ((await this.#database.get(WORLD, 'present')) as SlotName | undefined) ?? 'own';
  }

  async choose(name: SlotName): Promise<void> {
    await this.#database.put(WORLD, name, 'present');
  }

  /** Forgets everything, the root key too: an old snapshot can never be opened again. */
  async clear(): Promise<void> {
    const transaction = this.#both();
    await Promise.all([transaction.objectStore(WORLD).clear(), transaction.objectStore(JOURNAL).clear(), transaction.done]);
  }

  #both() {
    return this.#database.transaction([WORLD, JOURNAL], 'readwrite');
  }
}
