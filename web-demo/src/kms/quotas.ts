// Quotas of an account in a Region: what is set, and what is used.
import type { Settings } from '../world/protocol';
import type { KeySummary } from './keys';

/** What AWS gives to every account (LIF-308 to LIF-311), by the names of the settings. */
export const RESOURCE_QUOTAS = [
  { id: 'keys', published: 100_000 },
  { id: 'aliases-per-key', published: 50 },
  { id: 'grants-per-key', published: 50_000 },
  { id: 'custom-key-stores', published: 10 },
] as const;

export type ResourceQuota = (typeof RESOURCE_QUOTAS)[number];

/** Cryptographic operations share a quota for each kind of key (LIF-326); every other operation has its own. */
export const REQUEST_GROUPS = ['symmetric', 'rsa', 'ecc-sm2', 'ml-dsa', 'ml-kem'] as const;

/** The switch of all request quotas. */
export const REQUEST_QUOTAS = 'request-quotas';

/** The name of a setting that holds for an account in a Region. */
export function settingOf(name: string, account: string, region: string): string {
  return `${name}@${account}/${region}`;
}

/** What holds: the narrowest of what is set. */
export function setFor(settings: Settings, name: string, account: string, region: string): number | undefined {
  const scopes = [`@${account}/${region}`, `@${account}`, `@${region}`, ''];
  const set = scopes.map((scope) => settings[name + scope]).find((value) => value !== undefined);
  return set === undefined ? undefined : Number(set);
}

/** How much of a quota is used, as far as the keys of the account tell; AWS managed keys do not count (LIF-316). */
export function usageOf({ id }: ResourceQuota, keys: readonly KeySummary[]): number | undefined {
  const own = keys.filter(({ metadata }) => metadata?.KeyManager !== 'AWS');
  if (id === 'keys') return own.length;
  return id === 'aliases-per-key' ? Math.max(0, ...own.map(({ aliases }) => aliases.length)) : undefined;
}

/** Request quotas that are set, for whatever part of the world. */
export function requestQuotas(settings: Settings): { name: string; value: number }[] {
  return Object.entries(settings).flatMap(([name, value]) => (name.startsWith('request/') ? [{ name, value: Number(value) }] : []));
}
