// Worlds of a browser: the one that is open, and the other one that sleeps in its slot.
import { PocketKms } from 'pocket-kms';
import { OWN, made, type About } from './beginnings';
import type { Source } from './host';
import type { Beginning, JournalEntry } from './protocol';
import { newRootKey, type Slot, type SlotName, type Slots } from './slots';
import { World } from './world';

/** The event history outlives the page, too. It is stored with every change: the usual number would take its time. */
const GIVEN = { audit: { kept: 2000, inSnapshots: true } };

export class Browser implements Source {
  #opening: () => Promise<Slots>;
  #slots: Slots | undefined;
  #open: Open | undefined;

  constructor(opening: () => Promise<Slots>) {
    this.#opening = opening;
  }

  async open(): Promise<World> {
    this.#slots ??= await this.#opening();
    return this.#wake(this.#slots, await this.#slots.present());
  }

  async begin(beginning: Beginning): Promise<World> {
    const slots = (this.#slots ??= await this.#opening());
    if (beginning.kind === 'own') return this.#open?.name === 'own' ? this.#open.world : this.#wake(slots, 'own');
    const { kms, about } = await made(beginning, GIVEN);
    const name = about.visiting ? 'visited' : 'own';
    try {
      const rootKey = newRootKey();
      await slots[name].replace({ rootKey, snapshot: kms.snapshot(rootKey), about });
      await slots.choose(name);
      const world = this.#opened(kms, name, slots[name], { rootKey, journal: [], about });
      // What has happened in it already stands in its journal.
      world.look();
      return world;
    } catch (thrown) {
      kms.dispose();
      throw thrown;
    }
  }

  /** Of a world that was visited nothing remains, and a person is back in the own one. */
  async clear(): Promise<void> {
    const slots = this.#slots;
    if (!slots) return;
    this.#open = undefined;
    await slots[await slots.present()].clear();
    await slots.choose('own');
  }

  async #wake(slots: Slots, name: SlotName): Promise<World> {
    const { snapshot, rootKey, journal, about = OWN } = await slots[name].load();
    const kms = snapshot ? await PocketKms.restore(snapshot, rootKey, GIVEN) : await PocketKms.create(GIVEN);
    await slots.choose(name);
    return this.#opened(kms, name, slots[name], { rootKey, journal, about });
  }

  #opened(kms: PocketKms, name: SlotName, slot: Slot, { rootKey, journal, about }: Kept): World {
    this.#open?.kms.dispose();
    const world = new World(kms, { journal, api: null, about, keep: (entries) => slot.save(kms.snapshot(rootKey), entries) });
    this.#open = { name, kms, world };
    return world;
  }
}

interface Open {
  name: SlotName;
  kms: PocketKms;
  world: World;
}

interface Kept {
  rootKey: Uint8Array;
  journal: JournalEntry[];
  about: About;
}
