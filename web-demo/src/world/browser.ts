// Worlds of a browser: the one that is open, and the other one that sleeps in its slot.
import { PocketKms } from 'pocket-kms';
import { OWN, made, type About } from './beginnings';
import { GIVEN } from './given';
import type { Source } from './host';
import type { Perform } from './perform';
import type { Beginning, JournalEntry } from './protocol';
import { newRootKey, type Slot, type SlotName, type Slots } from './slots';
import { World } from './world';

export class Browser implements Source {
  #opening: () => Promise<Slots>;
  #perform: Perform;
  #slots: Slots | undefined;
  #open: Open | undefined;

  constructor(opening: () => Promise<Slots>, perform: Perform) {
    this.#opening = opening;
    this.#perform = perform;
  }

  async open(): Promise<World> {
    this.#slots ??= await this.#opening();
    return this.#wake(this.#slots, await this.#slots.present());
  }

  async begin(beginning: Beginning): Promise<World> {
    const slots = (this.#slots ??= await this.#opening());
    if (beginning.kind === 'own') return this.#open?.name === 'own' ? this.#open.world : this.#wake(slots, 'own');
    if (beginning.kind === 'visited') return this.#keepVisited(slots);
    const { kms, journal, about } = await made(beginning, { given: GIVEN, perform: this.#perform });
    const name = about.visiting ? 'visited' : 'own';
    try {
      const rootKey = newRootKey();
      await slots[name].replace({ rootKey, snapshot: kms.snapshot(rootKey), about, journal });
      await slots.choose(name);
      return this.#opened(kms, name, slots[name], { rootKey, journal, about });
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

  async #keepVisited(slots: Slots): Promise<World> {
    if (this.#open?.name !== 'visited') throw new Error('No world is visited.');
    const visited = await slots.visited.load();
    await slots.own.replace({ ...visited, about: { seeded: visited.about?.seeded ?? false } });
    const own = await this.#wake(slots, 'own');
    await slots.visited.clear();
    return own;
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
