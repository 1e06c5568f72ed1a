// Where worlds are kept: a person's own, and beside it one that is only visited, so that no visit costs anybody a world.
import { OWN, type About } from './beginnings';
import { JOURNAL_LENGTH, type JournalEntry } from './protocol';
import { Storage } from './storage';

export type SlotName = 'own' | 'visited';

/** A world that nobody has open. */
export interface Sleeping {
  /** 32 random bytes, made with the world. */
  rootKey: Uint8Array;
  /** `undefined` before the first change. */
  snapshot: Uint8Array | undefined;
  journal: JournalEntry[];
  about: About | undefined;
}

export interface Slot {
  load(): Promise<Sleeping>;
  /** Writes the world and what is new in the journal, both or neither. */
  save(snapshot: Uint8Array, entries: JournalEntry[]): Promise<void>;
  /** Puts another world here: all of it, or the old one stays. */
  replace(world: Sleeping): Promise<void>;
  clear(): Promise<void>;
}

export interface Slots {
  own: Slot;
  visited: Slot;
  /** Which of the two is open. */
  present(): Promise<SlotName>;
  choose(name: SlotName): Promise<void>;
}

const VISITED = 'pocket-kms-playground-visited';

/** Slots that outlive the page in its storage. */
export async function storedSlots(): Promise<Slots> {
  const [own, visited] = await Promise.all([Storage.open(), Storage.open(VISITED)]);
  return { own, visited, present: () => own.present(), choose: (name) => own.choose(name) };
}

/** Slots that end with the page. */
export function fleetingSlots(): Slots {
  let present: SlotName = 'own';
  const choose = (name: SlotName) => {
    present = name;
    return Promise.resolve();
  };
  return { own: new Fleeting(), visited: new Fleeting(), present: () => Promise.resolve(present), choose };
}

class Fleeting implements Slot {
  #world = nothing();

  load(): Promise<Sleeping> {
    return Promise.resolve(copied(this.#world));
  }

  save(snapshot: Uint8Array, entries: JournalEntry[]): Promise<void> {
    const journal = [...this.#world.journal, ...entries].slice(-JOURNAL_LENGTH);
    this.#world = { ...this.#world, snapshot, journal };
    return Promise.resolve();
  }

  replace(world: Sleeping): Promise<void> {
    this.#world = copied(world);
    return Promise.resolve();
  }

  clear(): Promise<void> {
    this.#world = nothing();
    return Promise.resolve();
  }
}

/** Who has the world open adds to its journal. */
function copied(world: Sleeping): Sleeping {
  return { ...world, journal: [...world.journal] };
}

function nothing(): Sleeping {
  return { rootKey: newRootKey(), snapshot: undefined, journal: [], about: OWN };
}

export function newRootKey(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(32));
}
