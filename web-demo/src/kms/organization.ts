// The tree of an organization: its root, units and accounts, as a list to show, and changes to one of its parts.
import type { Organization, Part, Unit } from './directory';

/** Where a part stands: the ids of the units above it, and its own; none for the root. */
export type Way = readonly string[];

export interface PlacedPart extends Part {
  way: Way;
  kind: 'root' | 'unit' | 'account';
}

/** The root first, then what each unit has below it. */
export function partsOf(organization: Organization): PlacedPart[] {
  return [{ ...organization, way: [], kind: 'root' }, ...below(organization, [])];
}

function below({ accounts = {}, units = {} }: Unit, way: Way): PlacedPart[] {
  return [
    ...Object.entries(accounts).map(([id, part]): PlacedPart => ({ ...part, way: [...way, id], kind: 'account' })),
    ...Object.entries(units).flatMap(([id, unit]): PlacedPart[] => [
      { ...unit, way: [...way, id], kind: 'unit' },
      ...below(unit, [...way, id]),
    ]),
  ];
}

/** The unit behind a way, or the root; with `change` made to it. */
function within<U extends Unit>(unit: U, way: Way, change: (unit: Unit) => Unit): U {
  const [id, ...rest] = way;
  if (id === undefined) return change(unit) as U;
  const next = unit.units?.[id] ?? {};
  return { ...unit, units: { ...unit.units, [id]: within(next, rest, change) } };
}

export function withUnit(organization: Organization, above: Way, id: string): Organization {
  return within(organization, above, (unit) => ({ ...unit, units: { ...unit.units, [id]: {} } }));
}

export function withAccount(organization: Organization, above: Way, id: string): Organization {
  return within(organization, above, (unit) => ({ ...unit, accounts: { ...unit.accounts, [id]: {} } }));
}

/** The part gets these policies, and keeps what is below it. */
export function withPolicies(organization: Organization, { way, kind }: PlacedPart, policies: Part): Organization {
  const id = way.at(-1);
  if (kind !== 'account' || id === undefined) return within(organization, way, (unit) => ({ ...unit, ...policies }));
  return within(organization, way.slice(0, -1), (unit) => ({ ...unit, accounts: { ...unit.accounts, [id]: policies } }));
}

export function without(organization: Organization, { way, kind }: PlacedPart): Organization {
  const id = way.at(-1);
  if (id === undefined) return organization;
  return within(organization, way.slice(0, -1), ({ accounts = {}, units = {}, ...unit }) =>
    kind === 'account' ? { ...unit, units, accounts: removed(accounts, id) } : { ...unit, accounts, units: removed(units, id) },
  );
}

function removed<T>(entries: Record<string, T>, id: string): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).filter(([name]) => name !== id));
}

/** An id for the next unit: those of an organization begin with what follows `r-` in the id of its root. */
export function nextUnit(organization: Organization): string {
  const number = partsOf(organization).filter(({ kind }) => kind === 'unit').length + 1;
  return `ou-${(organization.root ?? 'r-root').slice('r-'.length)}-${String(number).padStart(8, '0')}`;
}
