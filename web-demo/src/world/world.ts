// The world and its storage: the worker stores every change before it sends the reply.
import { PocketKms } from 'pocket-kms';
import type { Input, Operation, Output } from './operations';
import type { ClockStatus, JournalEntry, Place, Service, Turn } from './protocol';
import { Storage, type Sleeping } from './storage';

/** Counts on from one world to the next: a page that sees it grow looks again. */
let revision = 0;

export class World implements Service {
  #kms: PocketKms;
  #storage: Storage;
  #rootKey: Uint8Array;
  #journal: JournalEntry[];
  #kept = Promise.resolve();
  /** The last change of this `PocketKms` that is in the journal; a restored one counts from nothing again. */
  #taken = 0;

  private constructor(kms: PocketKms, storage: Storage, { rootKey, journal }: Sleeping) {
    this.#kms = kms;
    this.#storage = storage;
    this.#rootKey = rootKey;
    this.#journal = journal;
    revision += 1;
  }

  static async open(storage: Storage): Promise<World> {
    const sleeping = await storage.load();
    const { snapshot, rootKey } = sleeping;
    const kms = snapshot ? await PocketKms.restore(snapshot, rootKey) : await PocketKms.create();
    return new World(kms, storage, sleeping);
  }

  async call<O extends Operation>(operation: O, input: Input<O>, place: Place): Promise<Output<O>> {
    try {
      return (await this.#kms.call(operation, input, place)) as Output<O>;
    } finally {
      // A refused call may have been the first to notice that something fell due.
      const news = this.#news();
      if (news.length > 0) this.#kept = this.#keep(news);
      // Another call may be storing the changes of this one.
      await this.#kept;
    }
  }

  async turn(turn: Turn): Promise<void> {
    const { clock } = this.#kms;
    if (turn === 'freeze') clock.freeze();
    else if (turn === 'resume') clock.resume();
    else if ('advance' in turn) clock.advance(turn.advance);
    else clock.set(turn.set);
    await this.#keep(this.#news());
  }

  journal(): Promise<JournalEntry[]> {
    return Promise.resolve(this.#journal);
  }

  /** Deletes the stored world. Do not use the one in memory afterwards: open another. */
  reset(): Promise<void> {
    return this.#storage.clear();
  }

  /** Grows with every change that a page should look at. */
  get revision(): number {
    return revision;
  }

  get clock(): ClockStatus {
    const { now, frozen } = this.#kms.clock;
    return { now: now.getTime(), hostNow: Date.now(), running: !frozen };
  }

  #news(): JournalEntry[] {
    const changes = this.#kms.changes(this.#taken);
    this.#taken = changes.at(-1)?.number ?? this.#taken;
    const first = (this.#journal.at(-1)?.number ?? 0) + 1;
    return changes.map((change, at) => ({
      ...change,
      number: first + at,
      time: change.time.getTime(),
    }));
  }

  async #keep(news: JournalEntry[]): Promise<void> {
    revision += 1;
    this.#journal.push(...news);
    await this.#storage.save(this.#kms.snapshot(this.#rootKey), news);
  }
}
