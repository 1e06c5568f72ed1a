// Who can do what to a key, and what another policy would change of it.
import type { FirstCall, Place, WorldClient } from '../world/protocol';
import { everybodyIn, type AbleKind, type NamedAble } from './questions';
import { accountOf } from './places-config';

/** One who can do something, with the way for each action. */
export interface Person {
  /** Tells an account from a principal of the same name. */
  id: string;
  is: AbleKind;
  name: string;
  can: ReadonlyMap<string, NamedAble>;
}

interface Asked {
  client: WorldClient;
  place: Place;
  keyId: string;
  actions: readonly string[];
  /** What is known of the request. */
  context?: Record<string, string>;
  /** A call that is made before, in a copy of the world. */
  first?: FirstCall;
}

/** Everybody who can do any of the actions, in the order of their kinds and names. */
export async function whoCan({ client, place, keyId, actions, context = {}, first }: Asked): Promise<Person[]> {
  const options = { account: accountOf(place.caller), region: place.region, context };
  const answers = await client.whoCan(actions, keyId, options, first);
  const people = new Map<string, Person & { can: Map<string, NamedAble> }>();
  answers.forEach((answer, at) => {
    for (const able of everybodyIn(answer)) {
      const id = `${able.is} ${able.name}`;
      const person = people.get(id) ?? { id, is: able.is, name: able.name, can: new Map() };
      person.can.set(actions[at] ?? '', able);
      people.set(id, person);
    }
  });
  return [...people.values()];
}

export interface Change {
  id: string;
  is: AbleKind;
  name: string;
  gains: string[];
  loses: string[];
  /** Actions that depend on other conditions than before. */
  differently: string[];
}

/** Who gains and who loses what, from one state of things to another. */
export function changesBetween(before: readonly Person[], after: readonly Person[]): Change[] {
  const of = (people: readonly Person[]) => new Map(people.map((person) => [person.id, person]));
  const [former, later] = [of(before), of(after)];
  const all = [...new Map([...former, ...later]).values()];
  return all.flatMap(({ id, is: what, name }) => {
    const [was, now] = [former.get(id)?.can ?? new Map<string, NamedAble>(), later.get(id)?.can ?? new Map<string, NamedAble>()];
    const change = {
      id,
      is: what,
      name,
      gains: [...now.keys()].filter((action) => !was.has(action)),
      loses: [...was.keys()].filter((action) => !now.has(action)),
      differently: [...now.keys()].filter((action) => was.has(action) && conditionsOf(was.get(action)) !== conditionsOf(now.get(action))),
    };
    return change.gains.length + change.loses.length + change.differently.length > 0 ? [change] : [];
  });
}

/** The conditions on all ways, as one text: the places of statements do not count. */
function conditionsOf(able: NamedAble | undefined): string {
  if (!able?.conditional) return '';
  const parts = [...able.paths, ...able.limits].map(({ conditions }) => JSON.stringify(conditions));
  return [...new Set(parts)].sort().join();
}
