// What a recipe holds, read without doing any of it.
import { isAccount, isPrincipal } from './places-config';

export interface Look {
  seed: string;
  /** Where its clock begins, in milliseconds since 1970. */
  now: number;
  steps: number;
  /** What is done how often, in the order of the first time: operations, and the names of other kinds of steps. */
  deeds: readonly Deed[];
  /** How many more kinds of deeds there are. */
  others: number;
  /** Where its last call arrives, and who makes it: what a recipe does not say is as usual. */
  last: { region?: string; caller?: string };
  /** A step a line, behind what it begins with; cut where it is very long. */
  text: string;
}

export interface Deed {
  name: string;
  times: number;
}

type Json = Record<string, unknown>;

/** How much of what a stranger has written a page shows at most. */
const MOST = { seed: 200, name: 60, deeds: 50, text: 100_000 };

/** Reads what a person should see of it. Whether it is a recipe at all the core judges, when it is performed. */
export function lookOf(text: string): Look {
  const { steps, ...head } = object(parsed(text));
  if (!Array.isArray(steps)) throw new Error('There is no recipe of a world in it.');
  const { seed, now } = head;
  return {
    seed: cut(typeof seed === 'string' ? seed : written(seed ?? null), MOST.seed),
    now: instant(now),
    steps: steps.length,
    ...deedsOf(steps),
    last: placeOf(steps.findLast((step) => 'call' in object(step))),
    text: cut([head, ...steps].map(written).join('\n'), MOST.text),
  };
}

function deedsOf(steps: readonly unknown[]): Pick<Look, 'deeds' | 'others'> {
  const counts = new Map<string, number>();
  for (const name of steps.map(nameOf)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const deeds = [...counts].slice(0, MOST.deeds).map(([name, times]) => ({ name, times }));
  return { deeds, others: counts.size - deeds.length };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function written(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    throw new Error('This recipe nests too deeply.');
  }
}

function instant(value: unknown): number {
  if (typeof value !== 'number' || Number.isNaN(new Date(value).getTime())) throw new Error('This recipe does not say when its world begins.');
  return value;
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

function nameOf(step: unknown): string {
  const { call, ...rest } = object(step);
  return cut(typeof call === 'string' ? call : (Object.keys(rest)[0] ?? '?'), MOST.name);
}

/** What no page could show is left out: whoever has written the recipe may have written anything. */
function placeOf(step: unknown): Look['last'] {
  const { region, caller } = object(step);
  const named = typeof caller === 'string' ? caller : object(caller).arn;
  // An account's number stands for its root user.
  const arn = isAccount(String(named)) ? `arn:aws:iam::${String(named)}:root` : String(named);
  return { ...(isRegion(region) && { region }), ...(isPrincipal(arn) && { caller: arn }) };
}

function isRegion(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z]{2}(-[a-z]+)+-\d+$/.test(value);
}

function object(value: unknown): Json {
  return value !== null && typeof value === 'object' ? (value as Json) : {};
}
