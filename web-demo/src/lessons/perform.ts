// Performs a step of a lesson through the client, and judges what came of it.
import type { EnclaveOptions } from 'pocket-kms';
import { rootOf } from '../kms/places-config';
import type { OwnerAct, StoresEntries } from '../kms/stores-setup';
import type { Directory } from '../kms/directory';
import type { Input, Operation } from '../world/operations';
import type { AuditQuestion, JournalEntry, MadeCall, Place, Session, WorldClient } from '../world/protocol';
import { isOfPlayground, refusal, type Refusal } from '../world/refusal';
import { outside } from '../scenarios/outside.js';
import { revived, unwrapped, withEnclave } from './enclaves';
import { difference, shown, type Difference } from './judge';
import type { Step } from './lesson';
import { Missing, evaluate, isStructure, type Values } from './values';

/** What came of a step. */
export interface Outcome {
  /** Where it came otherwise than the lesson tells. */
  otherwise?: Difference | undefined;
  /** How it was refused. */
  refused?: { code: string; message: string } | undefined;
  calls: readonly MadeCall[];
  /** The names from now on. */
  values: Values;
}

/** Calls that lessons have made, and not a person on a page. */
const ours = new WeakSet<MadeCall>();

export function isOfLesson(call: MadeCall): boolean {
  return ours.has(call);
}

/** What was done, before it is judged whether it is what the lesson tells. */
interface Deed {
  reply?: unknown;
  refused?: Refusal;
  calls: readonly MadeCall[];
}

/** The account of callers that name none, as in every case. */
const ACCOUNT = '111122223333';
const REGION = 'us-east-1';

/** More calls of one step are not kept. */
const MOST_CALLS = 3;

/** Does it as the step's caller, in its Region; throws where it could not even be tried. */
export async function perform(step: Step, values: Values, client: WorldClient): Promise<Outcome> {
  const before = (await client.journal()).at(-1)?.number ?? 0;
  const outcome = await performed(step, await revived(values, client), client);
  if (outcome.otherwise) return outcome;
  const news = (await client.journal()).filter(({ number }) => number > before);
  return { ...outcome, otherwise: changesDiffer(step, news) };
}

async function performed(step: Step, values: Values, client: WorldClient): Promise<Outcome> {
  if (step.call) return performCall(step, step.call, values, client);
  if (step.enclave === undefined) return performOther(step, values, client);
  const wish = evaluate(step.enclave, values) as EnclaveOptions;
  return { calls: [], values: await withEnclave(step.as ?? '', wish, values, client) };
}

/** From where a step is done, and by whom. */
export function placeOf(step: Step, values: Values): Place {
  const region = String(evaluate(step.region ?? REGION, values));
  const caller = evaluate(step.caller ?? ACCOUNT, values);
  const origin = step.origin === undefined ? {} : { origin: evaluate(step.origin, values) as NonNullable<Place['origin']> };
  if (!isStructure(caller)) return { region, caller: arnOf(String(caller), region), ...origin };
  return { region, caller: arnOf(String(caller.arn), region), session: caller.session as Session, ...origin };
}

function arnOf(caller: string, region: string): string {
  return /^\d{12}$/.test(caller) ? rootOf(caller, region) : caller;
}

async function performCall(step: Step, operation: Operation, values: Values, client: WorldClient): Promise<Outcome> {
  let named = values;
  let calls: readonly MadeCall[] = [];
  let outcome: Outcome | undefined;
  for (let count = 1; count <= (step.times ?? 1); count += 1) {
    named = { ...named, count };
    const deed = await called(operation, evaluate(step.input ?? {}, named) as Input<Operation>, placeOf(step, named), client);
    calls = [...calls, ...deed.calls].slice(-MOST_CALLS);
    outcome = judged(step, { ...deed, calls }, named, judgeCall);
    if (outcome.otherwise) return outcome;
    named = outcome.values;
  }
  return outcome ?? { calls, values };
}

async function called(operation: Operation, input: Input<Operation>, place: Place, client: WorldClient): Promise<Deed> {
  const calls: MadeCall[] = [];
  const hear = (told: MadeCall) => {
    ours.add(told);
    calls.push(told);
  };
  try {
    return { reply: await client.call(operation, input, place, hear), calls };
  } catch (thrown) {
    const refused = refusal(thrown);
    // Nobody has answered: the step was not done at all.
    if (isOfPlayground(refused)) throw refused;
    return { refused, calls };
  }
}

type Judge = (step: Step, deed: Deed, values: Values) => Difference | undefined;

/** What `as` names is kept even where it came otherwise: later steps may well go on with it. */
function judged(step: Step, deed: Deed, values: Values, judge: Judge): Outcome {
  const { reply, refused, calls } = deed;
  return {
    otherwise: judge(step, deed, values),
    refused: refused && { code: refused.code, message: refused.message },
    calls,
    values: step.as === undefined || reply === undefined ? values : { ...values, [step.as]: reply },
  };
}

export const judgeCall: Judge = (step, { reply, refused, calls }, values) => {
  const operation = step.call ?? '';
  const decided = step.decisions === undefined ? undefined : difference(step.decisions, calls.at(-1)?.decisions, 'decisions', values);
  if (step.exception === undefined) {
    if (refused) return { at: operation, expected: 'a reply', found: `${refused.code}: ${refused.message}` };
    return decided ?? difference(step.reply ?? {}, reply ?? {}, '', values);
  }
  if (!refused) return { at: operation, expected: step.exception, found: 'a reply' };
  if (refused.code !== step.exception) return { at: operation, expected: step.exception, found: `${refused.code}: ${refused.message}` };
  // An error of JavaScript always has a message; where AWS says nothing, it is the code.
  return decided ?? difference(step.message ?? step.exception, refused.message, step.exception, values);
};

async function performOther(step: Step, values: Values, client: WorldClient): Promise<Outcome> {
  const deed = await done(step, values, client).then(
    (reply): Deed => ({ reply: reply ?? {}, calls: [] }),
    (thrown: unknown): Deed => {
      if (thrown instanceof Missing) throw thrown;
      return { refused: refusal(thrown), calls: [] };
    },
  );
  return judged(step, deed, values, judgeOther);
}

const judgeOther: Judge = (step, { reply, refused }, values) => {
  const what = kindOf(step);
  if (step.refused !== undefined) {
    return refused ? difference(step.refused, refused.message, what, values) : { at: what, expected: shown(step.refused), found: 'done' };
  }
  return refused ? { at: what, expected: 'done', found: refused.message } : difference(step.reply ?? {}, reply, '', values);
};

async function done(step: Step, values: Values, client: WorldClient): Promise<unknown> {
  const filled = (value: unknown) => evaluate(value, values) as never;
  switch (kindOf(step)) {
    case 'advance':
      return client.turn({ advance: String(step.advance) });
    case 'set':
      return client.set(filled(step.set));
    case 'directory':
      return client.register(filled(step.directory) as Directory);
    case 'stores':
      return client.registerStores(filled(step.stores) as StoresEntries);
    case 'cluster':
      return client.onCluster(filled(step.cluster), filled(step.action) as OwnerAct);
    case 'proxy':
      return client.onProxy(filled(step.proxy), filled(step.action) as OwnerAct);
    case 'audit': {
      const { question, ...members } = filled(step.audit) as { question: AuditQuestion };
      return client.audit(question, members);
    }
    case 'outside':
      return step.outside === 'unwrap'
        ? unwrapped(filled(step.input ?? {}), values, client)
        : outside(String(step.outside), filled(step.input ?? {}));
    case 'enclave':
    case 'call':
      throw new Error('This is done in another way.');
  }
}

const KINDS = ['call', 'advance', 'set', 'directory', 'stores', 'cluster', 'proxy', 'audit', 'enclave', 'outside'] as const;

export type Kind = (typeof KINDS)[number];

export function kindOf(step: Step): Kind {
  const kind = KINDS.find((kind) => step[kind] !== undefined);
  if (!kind) throw new Error('This step does nothing.');
  return kind;
}

/** As far as the step says which tables it must change; a refused call changes none. */
function changesDiffer(step: Step, news: readonly JournalEntry[]): Difference | undefined {
  const expected = step.changes ?? (step.exception !== undefined || step.refused !== undefined ? [] : undefined);
  const found = [...new Set(news.map(({ table }) => table))].sort();
  if (expected === undefined || expected.join() === found.join()) return undefined;
  return { at: 'changes', expected: shown(expected), found: shown(found) };
}
