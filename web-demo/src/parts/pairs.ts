// Pairs of a key and a value, as they are typed.

export interface Pair {
  key: string;
  value: string;
}

/** What was typed, without pairs that have no key. */
export function valuesOf(pairs: readonly Pair[]): Record<string, string> {
  return Object.fromEntries(pairs.filter(({ key }) => key !== '').map(({ key, value }) => [key, value]));
}

export function pairsOf(values: Record<string, string>): Pair[] {
  return Object.entries(values).map(([key, value]) => ({ key, value }));
}
