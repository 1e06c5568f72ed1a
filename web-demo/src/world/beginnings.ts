// How a world begins: empty, as a lesson, out of a file, and what it is then called. Nothing here touches a world that is there.
import { PocketKms, type Options } from 'pocket-kms';
import type { Beginning, Visiting } from './protocol';
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

/** A beginning of another world; `own` goes back to one that is there. */
export type Making = Exclude<Beginning, { kind: 'own' }>;

type Given = Pick<Options, 'audit' | 'module'>;

export interface Made {
  kms: PocketKms;
  about: About;
}

export async function made(beginning: Making, given: Given): Promise<Made> {
  switch (beginning.kind) {
    case 'empty':
      return { kms: await empty(beginning.seed, given), about: { seeded: beginning.seed !== undefined } };
    case 'lesson': {
      const { id, seed, now, title = seed } = beginning;
      return { kms: await PocketKms.create({ ...given, seed, now }), about: { visiting: { kind: 'lesson', id, title }, seeded: true } };
    }
    case 'file': {
      const { name, bytes, passphrase } = beginning;
      return { kms: await unsealed(bytes, passphrase, given), about: { visiting: { kind: 'file', title: name }, seeded: false } };
    }
    default:
      throw new Error('There is no such beginning of a world.');
  }
}

function empty(seed: string | undefined, given: Given): Promise<PocketKms> {
  return PocketKms.create(seed === undefined ? given : { ...given, seed });
}

async function unsealed(file: Uint8Array, passphrase: string, given: Given): Promise<PocketKms> {
  const { snapshot, rootKey } = await unseal(file, passphrase);
  try {
    return await PocketKms.restore(snapshot, rootKey, given);
  } catch (thrown) {
    throw new Error(`The passphrase is another one, or the file is damaged: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}
