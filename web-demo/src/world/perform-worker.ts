// The worker in which a recipe is performed. It gives the world as a snapshot, with the journal of how it came about.
import { expose } from 'comlink';
import { GIVEN } from './given';
import { performHere } from './perform';
import type { JournalEntry } from './protocol';
import { World } from './world';

const kitchen = {
  async perform(recipe: string, rootKey: Uint8Array): Promise<{ snapshot: Uint8Array; journal: JournalEntry[] }> {
    const { kms } = await performHere(recipe, GIVEN);
    const world = new World(kms, { journal: [], api: null, keep: () => Promise.resolve() });
    world.look();
    return { snapshot: kms.snapshot(rootKey), journal: await world.journal(0) };
  },
};

export type Kitchen = typeof kitchen;

expose(kitchen);
