// The worker: one world for one page.
import type { Message, Request, Service, Status } from './protocol';
import { refusalData } from './refusal';
import { Storage } from './storage';
import { World } from './world';

const LOCK = 'pocket-kms-playground';

let world: World | undefined;
let storage: Storage | undefined;
let lastStatus = '';

/** Requests wait until the world is open, but not for each other: an RSA key takes a while. */
let ready: Promise<void> = alone().then(open);
const running = new Set<Promise<void>>();

self.onmessage = ({ data }: MessageEvent<Request>) => {
  if (data.method === 'reset') {
    // What still runs would store the old world over the new one.
    ready = Promise.all([ready, ...running]).then(() => answer(data));
    return;
  }
  const run = ready.then(() => answer(data)).finally(() => running.delete(run));
  running.add(run);
};

async function answer({ id, method, args }: Request): Promise<void> {
  const message = await perform(method, args).then(
    (result): Message => ({ kind: 'result', id, result }),
    (thrown: unknown): Message => ({ kind: 'refusal', id, refusal: refusalData(thrown) }),
  );
  // The status goes first: who gets the reply already knows that there is something new to see.
  if (world) announce({ phase: 'open', clock: world.clock, revision: world.revision });
  send(message);
}

async function perform(method: keyof Service, args: unknown[]): Promise<unknown> {
  if (method === 'reset') return reset();
  if (!world) throw new Error('The world is not open.');
  return (world[method] as (...args: unknown[]) => Promise<unknown>)(...args);
}

/** Throws a world away, even one that cannot be opened. */
async function reset(): Promise<void> {
  await storage?.clear();
  await open();
}

async function open(): Promise<void> {
  try {
    storage ??= await Storage.open();
    world = await World.open(storage);
    announce({ phase: 'open', clock: world.clock, revision: world.revision });
  } catch (thrown) {
    world = undefined;
    announce({ phase: 'broken', reason: refusalData(thrown).message });
  }
}

/**
 * Waits until no other tab has the world open: two of them would overwrite each other's changes.
 * The lock is held until this worker ends. Pages without a secure origin have no locks, and go on.
 */
function alone(): Promise<void> {
  if (!navigator.locks) return Promise.resolve();
  return new Promise((resolve) => {
    const held = () => {
      resolve();
      return new Promise<never>(() => undefined);
    };
    void navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => {
      if (lock) return held();
      announce({ phase: 'elsewhere' });
      void navigator.locks.request(LOCK, held);
      return undefined;
    });
  });
}

function announce(status: Status): void {
  // The running clock is not a change: the page counts on by itself.
  const news = JSON.stringify(status, (name, value: unknown) => (name === 'now' || name === 'hostNow' ? undefined : value));
  if (news === lastStatus) return;
  lastStatus = news;
  send({ kind: 'status', status });
}

function send(message: Message): void {
  self.postMessage(message);
}
