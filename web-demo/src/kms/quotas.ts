// Quotas of an account in a Region, by the names of their settings.
import type { QuotaUsage } from 'pocket-kms';
import type { Settings } from '../world/protocol';

const RESOURCE = 'quota/';
const REQUEST = 'request/';

/** The switch of all request quotas. */
export const REQUEST_QUOTAS = 'request-quotas';

/** The name of a setting that holds for an account in a Region. */
export function settingOf(name: string, account: string, region: string): string {
  return `${name}@${account}/${region}`;
}

/** How many of something there may be: `quota/keys` and its like. */
export function isOfResources({ name }: QuotaUsage): boolean {
  return name.startsWith(RESOURCE);
}

/** How many requests there may be in a second: `request/CreateKey` and its like. */
export function isOfRequests({ name }: QuotaUsage): boolean {
  return name.startsWith(REQUEST);
}

/** Cryptographic operations share a quota for each kind of key (LIF-326), such as `rsa`; every other operation has its own. */
export function isShared({ name }: QuotaUsage): boolean {
  return !/^[A-Z]/.test(shortName(name));
}

/** The name without what all of its kind begin with. */
export function shortName(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}

/** Request quotas that are set, for whatever part of the world. */
export function requestQuotas(settings: Settings): { name: string; value: number }[] {
  return Object.entries(settings).flatMap(([name, value]) => (name.startsWith(REQUEST) ? [{ name, value: Number(value) }] : []));
}
