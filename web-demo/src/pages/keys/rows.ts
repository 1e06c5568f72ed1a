// A key as the tables of keys show it.
import { withoutPrefix } from '../../kms/alias';
import type { KeySummary } from '../../kms/keys';
import { USAGE_LABELS, keyTypeOf } from '../../kms/specs-config';
import { stateText } from '../../parts/key-status';
import { words } from '../../words';
import type { KeyMetadata } from '../../world/operations';

/** The property of a row that has the value of a tag. */
export type TagProperty = `tag:${string}`;

/** A key with everything that a cell shows, as text: what is seen is what is sorted and filtered. */
export interface Row {
  key: KeySummary;
  id: string;
  alias: string;
  aliases: string;
  status: string;
  type: string;
  spec: string;
  usage: string;
  description: string;
  created: number;
  regionality: string;
  origin: string;
  expires: number;
  store: string;
  /** What a text without a property is looked for in (P1-207). */
  searched: string;
  [tag: TagProperty]: string;
}

export const tagProperty = (key: string): TagProperty => `tag:${key}`;

const ROWS = new WeakMap<KeySummary, Row>();

/** The same row as long as it is the same summary. */
export function rowOf(key: KeySummary): Row {
  const known = ROWS.get(key);
  if (known) return known;
  const row = made(key);
  ROWS.set(key, row);
  return row;
}

function made(key: KeySummary): Row {
  const { id, aliases, metadata, described, tags = [] } = key;
  const type = metadata ? words.keyTypes[keyTypeOf(metadata.KeySpec)] : '';
  return {
    key,
    id,
    alias: withoutPrefix(aliases[0] ?? ''),
    aliases: aliases.join(' '),
    status: metadata || described ? stateText(metadata?.KeyState) : '',
    type,
    searched: [id, type, ...aliases.map(withoutPrefix), ...tags.map(({ TagKey }) => TagKey)].join('\n').toLowerCase(),
    ...told(metadata),
    ...Object.fromEntries(tags.map(({ TagKey, TagValue }) => [tagProperty(TagKey), TagValue])),
  };
}

function told(metadata: KeyMetadata | undefined) {
  return {
    spec: metadata?.KeySpec ?? '',
    usage: metadata ? USAGE_LABELS[metadata.KeyUsage] : '',
    description: metadata?.Description ?? '',
    created: metadata?.CreationDate.getTime() ?? 0,
    regionality: metadata ? words.key.general.kinds[metadata.MultiRegionConfiguration?.MultiRegionKeyType ?? 'SINGLE'] : '',
    origin: metadata ? (words.origins[metadata.Origin] ?? metadata.Origin) : '',
    expires: metadata?.ValidTo?.getTime() ?? 0,
    store: metadata?.CustomKeyStoreId ?? '',
  };
}

/** By alias, as the console lists keys first; those without one come before all others. */
export function byAlias(one: Row, other: Row): number {
  return one.alias.localeCompare(other.alias);
}
