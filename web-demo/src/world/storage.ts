// Stores a world: an IndexedDB database with a root key, a sealed snapshot, what the world is, and the journal.
import type { About } from './beginnings';
import { JOURNAL_LENGTH, type JournalEntry } from './protocol';
import type { Sleeping, Slot, SlotName } from './slots';

const DATABASE = 'pocket-kms-playground';
const WORLD = 'world';
const JOURNAL = 'journal';

export class Storage implements Slot {
  #database: IDBDatabase;

  private constructor(database: IDBDatabase) {
    this.#database = database;
  }

  static async open(name = DATABASE): Promise<Storage> {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore(WORLD);
      opening.result.createObjectStore(JOURNAL, { keyPath: 'number' });
    };
    return new Storage(await result(opening));
  }

  async load(): Promise<Sleeping> {
    const transaction = this.#database.transaction([WORLD, JOURNAL], 'readwrite');
    const world = transaction.objectStore(WORLD);
    const [kept, snapshot, about, journal] = await Promise.all([
      result<Uint8Array | undefined>(world.get('rootKey')),
      result<Uint8Array | undefined>(world.get('snapshot')),
      result<About | undefined>(world.get('about')),
      result<JournalEntry[]>(transaction.objectStore(JOURNAL).getAll()),
    ]);
    const rootKey = kept ?? crypto.getRandomValues(new Uint8Array(32));
    if (!kept) world.put(rootKey, 'rootKey');
    await completion(transaction);
    return { rootKey, snapshot, journal, about };
  }

  /** Writes the world and what is new in the journal, both or neither. */
  save(snapshot: Uint8Array, entries: JournalEntry[]): Promise<void> {
    const transaction = this.#database.transaction([WORLD, JOURNAL], 'readwrite');
    transaction.objectStore(WORLD).put(snapshot, 'snapshot');
    const journal = transaction.objectStore(JOURNAL);
    for (const entry of entries) journal.put(entry);
    const last = entries.at(-1)?.number ?? 0;
    if (last > JOURNAL_LENGTH) journal.delete(IDBKeyRange.upperBound(last - JOURNAL_LENGTH));
    return completion(transaction);
  }

  replace(world: Pick<Sleeping, 'rootKey' | 'snapshot' | 'about'>): Promise<void> {
    const transaction = this.#database.transaction([WORLD, JOURNAL], 'readwrite');
    transaction.objectStore(JOURNAL).clear();
    for (const [name, value] of Object.entries(world)) transaction.objectStore(WORLD).put(value, name);
    return completion(transaction);
  }

  /** Which world is open: said in the database of the person's own. */
  async present(): Promise<SlotName> {
    const present = await result<SlotName | undefined>(this.#database.transaction(WORLD).objectStore(WORLD).get('present'));
    return present ?? 'own';
  }

  choose(name: SlotName): Promise<void> {
    const transaction = this.#database.transaction(WORLD, 'readwrite');
    transaction.objectStore(WORLD).put(name, 'present');
    return completion(transaction);
  }

  /** Forgets everything, the root key too: an old snapshot can never be opened again. */
  clear(): Promise<void> {
    const transaction = this.#database.transaction([WORLD, JOURNAL], 'readwrite');
    transaction.objectStore(WORLD).clear();
    transaction.objectStore(JOURNAL).clear();
    return completion(transaction);
  }
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function completion(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}
