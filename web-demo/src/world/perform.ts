// Recipes are performed in new worlds.
import { PocketKms } from 'pocket-kms';
import type { Given } from './beginnings';
import type { JournalEntry } from './protocol';

export interface Performed {
  kms: PocketKms;
  /** What the world itself does not tell any more. */
  journal: JournalEntry[];
}

/** Performs a recipe, given as JSON text, in a new world. */
export type Perform = (recipe: string) => Promise<Performed>;

/** Nothing else goes on meanwhile. */
export async function performHere(recipe: string, given: Given): Promise<Performed> {
  return { kms: await PocketKms.fromRecipe(recipe, { ...given, keepRecipe: true }), journal: [] };
}
