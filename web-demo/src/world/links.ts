// Links that carry a world: of this one, and what another one holds.
import { PocketKms } from 'pocket-kms';
import { lookOf, type Look } from '../kms/recipe-look';
import type { Shared } from './protocol';

export async function shared(kms: PocketKms, base: string): Promise<Shared> {
  const recipe = kms.recipe();
  return { link: await kms.link(base), recipe: lookOf(JSON.stringify(recipe)).text, steps: recipe.steps.length };
}

/** Whether somebody can make this world again. */
export function hasRecipe(kms: PocketKms): boolean {
  try {
    kms.recipe();
    return true;
  } catch {
    return false;
  }
}

export async function lookAt(link: string): Promise<Look> {
  return lookOf(await PocketKms.recipeOf(link));
}
