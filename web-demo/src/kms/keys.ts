// Keys as the console lists them: what ListKeys, DescribeKey and ListAliases say together.
import { isOfAws, withoutPrefix } from './alias';
import type { Call } from '../world/context';
import type { Alias, KeyMetadata, Tag } from '../world/operations';

export interface KeySummary {
  id: string;
  aliases: string[];
  /** `undefined` where the caller may not describe the key, or nobody has asked yet. */
  metadata: KeyMetadata | undefined;
  /** Whether the metadata are those of now. */
  described: boolean;
  /** Where somebody has asked for them. */
  tags?: Tag[];
  /** Whether the tags are those of now. */
  tagged?: boolean;
}

/** The ids of all keys in the account and Region. */
export async function nameKeys(call: Call): Promise<string[]> {
  const keys = await pages((Marker) => call('ListKeys', { Limit: 1000, ...Marker }), (page) => page.Keys);
  return keys.map(({ KeyId }) => KeyId);
}

/** A key with such an alias is AWS's; the console tells them apart in the same way (P1-201). */
export function isAwsManaged({ aliases }: Pick<KeySummary, 'aliases'>): boolean {
  return aliases.some((name) => isOfAws(withoutPrefix(name)));
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

/** The names of aliases by the ids of their keys. */
export function namesByKey(aliases: readonly Alias[]): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const { AliasName, TargetKeyId } of aliases) {
    if (TargetKeyId !== undefined) names.set(TargetKeyId, [...(names.get(TargetKeyId) ?? []), AliasName]);
  }
  return names;
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
