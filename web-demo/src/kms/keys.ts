// Keys as the console lists them: what ListKeys, DescribeKey and ListAliases say together.
import { isOfAws, withoutPrefix } from './alias';
import type { Call } from '../world/context';
import type { Alias, KeyMetadata, Tag } from '../world/operations';

export interface KeySummary {
  id: string;
  aliases: string[];
  /** `undefined` where the caller may not describe the key. */
  metadata: KeyMetadata | undefined;
}

/** The keys of customers; those that AWS manages are listed by their aliases. */
export async function listKeys(call: Call): Promise<KeySummary[]> {
  const [keys, aliases] = await Promise.all([
    pages((Marker) => call('ListKeys', { Limit: 1000, ...Marker }), (page) => page.Keys),
    listAliases(call),
  ]);
  const all = await Promise.all(keys.map(({ KeyId }) => summary(call, KeyId, aliases)));
  return all.filter(({ metadata }) => metadata?.KeyManager !== 'AWS');
}

export async function listAwsManagedAliases(call: Call): Promise<Alias[]> {
  return (await listAliases(call)).filter(({ AliasName }) => isOfAws(withoutPrefix(AliasName)));
}

export function listAliases(call: Call, KeyId?: string): Promise<Alias[]> {
  return pages(
    (Marker) => call('ListAliases', { Limit: 100, ...(KeyId ? { KeyId } : {}), ...Marker }),
    (page) => page.Aliases,
  );
}

export function listTags(call: Call, KeyId: string): Promise<Tag[]> {
  return pages((Marker) => call('ListResourceTags', { KeyId, Limit: 50, ...Marker }), (page) => page.Tags);
}

export async function describeKey(call: Call, KeyId: string): Promise<KeyMetadata> {
  return (await call('DescribeKey', { KeyId })).KeyMetadata;
}

async function summary(call: Call, id: string, aliases: Alias[]): Promise<KeySummary> {
  const names = aliases.filter((alias) => alias.TargetKeyId === id).map((alias) => alias.AliasName);
  const metadata = await describeKey(call, id).catch(() => undefined);
  return { id, aliases: names, metadata };
}

interface Page {
  Truncated: boolean;
  NextMarker?: string;
}

/** Follows the markers to the last page. */
export async function pages<P extends Page, T>(ask: (from: { Marker?: string }) => Promise<P>, items: (page: P) => T[]): Promise<T[]> {
  const all: T[] = [];
  let from: { Marker?: string } = {};
  for (;;) {
    const page = await ask(from);
    all.push(...items(page));
    if (!page.Truncated || !page.NextMarker) return all;
    from = { Marker: page.NextMarker };
  }
}
