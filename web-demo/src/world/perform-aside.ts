// Recipes of other people are performed in a worker of their own, which is ended when one asks for too much work.
import { wrap } from 'comlink';
import { PocketKms } from 'pocket-kms';
import { GIVEN } from './given';
import type { Perform } from './perform';
import type { Kitchen } from './perform-worker';
import { newRootKey } from './slots';

/** One may ask for thousands of RSA keys: for longer than this nobody waits. */
const PATIENCE = 20_000;

const TOO_LONG = `This world was not made within ${PATIENCE / 1000} seconds: its recipe asks for too much work.`;

export const performAside: Perform = async (recipe) => {
  const worker = new Worker(new URL('./perform-worker.ts', import.meta.url), { type: 'module', name: 'recipe' });
  try {
    const rootKey = newRootKey();
    const { snapshot, journal } = await inTime(worker, wrap<Kitchen>(worker).perform(recipe, rootKey));
    return { kms: await PocketKms.restore(snapshot, rootKey, GIVEN), journal };
  } finally {
    worker.terminate();
  }
};

function inTime<T>(worker: Worker, answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(TOO_LONG)), PATIENCE);
    worker.onerror = ({ message }) => reject(new Error(message));
    answer.then(resolve, reject).finally(() => clearTimeout(late));
  });
}
