// The page's side of a world: its methods are questions, its status can be watched, and its calls are remembered.
import { recorded } from '../as-code/record';
import { inputOf } from './asked';
import { CallLog } from './calls';
import type { Input, Operation, Output } from './operations';
import { METHODS, type Answer, type JournalEntry, type MadeCall, type Method, type Place, type Reply, type WorldClient } from './protocol';
import { Refusal } from './refusal';
import { JournalCopy, worldTime, type Watched } from './watched';

/** Asks the world, wherever it is. It rejects with a `Refusal` where nobody answers. */
export type Ask = (method: Method, args: unknown[]) => Promise<Reply>;

export function clientOf(ask: Ask, watched: Watched): WorldClient {
  const asked = async <T>(method: Method, ...args: unknown[]): Promise<T> => {
    const { status, result, refusal } = await ask(method, args);
    // Who gets the answer already knows that there is something new to see.
    watched.tell(status);
    if (refusal) throw new Refusal(refusal);
    return result as T;
  };
  const methods = Object.fromEntries(METHODS.map((method) => [method, (...args: unknown[]) => asked(method, ...args)]));
  const { status, watch } = watched;
  const log = new CallLog();
  const exchanged = async (method: 'begin' | 'reset', ...args: unknown[]) => {
    await asked(method, ...args);
    log.forget();
  };
  const copy = new JournalCopy();
  return {
    ...(methods as unknown as WorldClient),
    status,
    watch,
    calls: log,
    begin: (beginning) => exchanged('begin', beginning),
    reset: () => exchanged('reset'),
    call: (operation, input, place, hear) => called(operation, input, place, { asked, log, now: () => timeOf(watched), hear }),
    journal: () => copy.upToDate(status(), (after) => asked<JournalEntry[]>('journal', after)),
  };
}

interface Calling {
  asked: <T>(method: Method, ...args: unknown[]) => Promise<T>;
  log: CallLog;
  now(): number;
  hear: ((told: MadeCall) => void) | undefined;
}

async function called<O extends Operation>(operation: O, input: Input<O>, place: Place, { asked, log, now, hear }: Calling): Promise<Output<O>> {
  const enter = (ended: Pick<MadeCall, 'decisions' | 'requestId' | 'code' | 'message' | 'course'>, output?: Output<O>) => {
    const made = { operation, input: inputOf(operation, input, place), output, place, refused: ended.code };
    const told = log.add({ operation, place, time: now(), ...ended, acted: hear !== undefined, output, recorded: recorded(made) });
    hear?.(told);
    return told;
  };
  try {
    const { output, ...ended } = await asked<Answer<O>>('call', operation, input, place);
    enter({ ...ended, code: undefined }, output);
    return output;
  } catch (thrown) {
    if (thrown instanceof Refusal) {
      const { decisions, requestId, code, message, course } = thrown;
      thrown.told = enter({ decisions, requestId, code, message, course });
    }
    throw thrown;
  }
}

function timeOf(watched: Watched): number {
  const status = watched.status();
  return status.phase === 'open' ? worldTime(status.clock, Date.now()) : Date.now();
}
