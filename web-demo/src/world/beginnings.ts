// How a world begins: empty, as a lesson, of a recipe, out of a file, and what it is then called. Nothing here touches a world that is there.
import { PocketKms, type Options } from 'pocket-kms';
import { lookOf } from '../kms/recipe-look';
import { hasRecipe } from './links';
import type { Perform, Performed } from './perform';
import type { Beginning, Visiting } from './protocol';
import { refusalData } from './refusal';
import { unseal } from './sealed';

/** What a world is to who looks at it. */
export interface About {
  /** `undefined` for a person's own world. */
  visiting?: Visiting | undefined;
  /** Whether everything in it follows from a seed, which makes another world the same. */
  seeded: boolean;
}

/** Of a world that has no beginning yet. */
export const OWN: About = { seeded: false };

/** A beginning of another world; the others take one that is there. */
export type Making = Exclude<Beginning, { kind: 'own' | 'visited' }>;

/** How worlds are made here. */
export interface Means {
  given: Given;
  perform: Perform;
}

export type Given = Pick<Options, 'audit' | 'module'>;

export interface Made extends Performed {
  about: About;
}

export async function made(beginning: Making, means: Means): Promise<Made> {
  const { given, perform } = means;
  switch (beginning.kind) {
    case 'empty':
      return { ...(await created(beginning, given)), about: { seeded: beginning.seed !== undefined } };
    case 'lesson': {
      const { id, seed, title = seed } = beginning;
      return { ...(await created(beginning, given)), about: { visiting: { kind: 'lesson', id, title }, seeded: true } };
    }
    case 'link':
      return made({ kind: 'recipe', recipe: await PocketKms.recipeOf(beginning.link) }, means);
    case 'recipe': {
      const { recipe } = beginning;
      return { ...(await perform(recipe)), about: { visiting: { kind: 'recipe', title: lookOf(recipe).seed }, seeded: true } };
    }
    case 'file': {
      const kms = await unsealed(beginning, given);
      return { kms, journal: [], about: { visiting: { kind: 'file', title: beginning.name }, seeded: hasRecipe(kms) } };
    }
    default:
      throw new Error('There is no such beginning of a world.');
  }
}

async function created({ seed, now }: { seed?: string; now?: number }, given: Given): Promise<Performed> {
  const kms = await PocketKms.create({ ...given, ...(seed !== undefined && { seed, keepRecipe: true }), ...(now !== undefined && { now }) });
  return { kms, journal: [] };
}

async function unsealed({ bytes, passphrase }: { bytes: Uint8Array; passphrase: string }, given: Given): Promise<PocketKms> {
  const { snapshot, rootKey } = await unseal(bytes, passphrase);
  try {
    return await PocketKms.restore(snapshot, rootKey, given);
  } catch (thrown) {
    throw new Error(`The passphrase is another one, or the file is damaged: ${refusalData(thrown).message}`);
  }
}
