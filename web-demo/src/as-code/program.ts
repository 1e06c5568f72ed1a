// What programs in Python and JavaScript have in common: one client for each caller and Region, and names for replies.
import { FromReply, Names, nameOf, onOneLine, type Step } from './values';

export interface Client {
  /** Its variable. */
  name: string;
  region: string;
  caller: string;
  /** The AWS profile of the caller, where there are several. */
  profile: string | undefined;
  /** Whether the credentials or the network of a call say more than code can. */
  hasMore: boolean;
}

export interface Program {
  clients: readonly Client[];
  clientOf(step: Step): Client;
  /** The variable of a reply; `undefined` where nobody needs it. */
  replyOf(step: Step | undefined): string | undefined;
  stepOf(told: FromReply): Step | undefined;
}

/** `snake_case` names for Python, and `camelCase` ones for JavaScript, as `spell` says. */
export function programOf(steps: readonly Step[], first: string, spell: (operation: string) => string): Program {
  const clients = clientsOf(steps, first);
  const names = new Names();
  const replies = new Map<Step, string>();
  if (steps.length === 1 && steps[0]) replies.set(steps[0], 'response');
  else for (const step of steps) if (step.told.length > 0) replies.set(step, names.next(spell(step.operation)));
  return {
    clients: [...clients.values()],
    clientOf: (step) => there(clients.get(placeOf(step))),
    replyOf: (step) => step && replies.get(step),
    stepOf: ({ step }) => steps[step],
  };
}

function clientsOf(steps: readonly Step[], first: string): Map<string, Client> {
  const names = new Names();
  const clients = new Map<string, Client>();
  const callers = new Set(steps.map(({ caller }) => caller));
  for (const step of steps) {
    const { region, caller, hasMore } = step;
    const known = clients.get(placeOf(step));
    const profile = callers.size > 1 ? nameOf(caller) : undefined;
    clients.set(placeOf(step), { name: known?.name ?? names.next(first), region, caller, profile, hasMore: hasMore || (known?.hasMore ?? false) });
  }
  return clients;
}

function placeOf({ region, caller }: Step): string {
  return `${region} ${caller}`;
}

function there<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('Each step has a client.');
  return value;
}

/** Bytes that are printable ASCII are read as text. */
export function asText(bytes: Uint8Array): string | undefined {
  const isText = bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
  return isText ? String.fromCharCode(...bytes) : undefined;
}

/** Remarks on a client, without the sign that begins them. */
export function remarks({ caller, hasMore }: Client): string[] {
  return [`As ${onOneLine(caller)}`, ...(hasMore ? ['Session policies, tags and where the call comes from are not part of this code.'] : [])];
}

export function indented(text: string, by: string): string {
  return text.replaceAll('\n', `\n${by}`);
}

