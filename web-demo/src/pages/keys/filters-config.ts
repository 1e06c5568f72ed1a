// What keys can be filtered by: tags, kinds and stores only where there are such keys (P1-204 to P1-207).
import type { PropertyFilterProperty } from '@cloudscape-design/collection-hooks';
import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import { words } from '../../words';
import { tagProperty, type Row } from './rows';

const { columns, filters } = words.keys;

type Name = keyof typeof columns & keyof Row;

const property = (key: Name | 'aliases', label: string, operators: PropertyFilterProps.ComparisonOperator[]): PropertyFilterProperty => ({
  key,
  propertyLabel: label,
  groupValuesLabel: label,
  operators,
});

const PART: PropertyFilterProps.ComparisonOperator[] = [':', '!:', '=', '!='];
const WHOLE: PropertyFilterProps.ComparisonOperator[] = ['=', '!='];

const ALWAYS: readonly PropertyFilterProperty[] = [
  property('aliases', columns.alias, PART),
  property('id', columns.id, PART),
  property('status', columns.status, WHOLE),
  property('spec', columns.spec, WHOLE),
  property('usage', columns.usage, WHOLE),
];

/** Offered where there is a key that is not like most: asymmetric, multi-Region, of another origin, in a store (P1-205). */
const WHERE_THERE_ARE: readonly [filter: PropertyFilterProperty, usual: string][] = [
  [property('type', columns.type, WHOLE), words.keyTypes.symmetric],
  [property('regionality', columns.regionality, PART), words.key.general.kinds.SINGLE],
  [property('origin', columns.origin, WHOLE), words.origins['AWS_KMS'] ?? ''],
  [property('store', columns.store, PART), ''],
];

export const TAGS = 'tags';

export const TAG_GROUP: PropertyFilterProps.GroupText[] = [{ group: TAGS, properties: filters.tags, values: filters.tagValues }];

/** The value of a tag is asked for together with its key, and nothing but the whole value counts. */
function tagOf(key: string): PropertyFilterProperty {
  const label = filters.tag(key);
  return { key: tagProperty(key), propertyLabel: label, groupValuesLabel: label, operators: WHOLE, group: TAGS };
}

/** `used` are the properties of filters that are set: they stay, whatever becomes of the keys. */
export function propertiesOf(rows: readonly Row[], used: readonly string[]): PropertyFilterProperty[] {
  const special = WHERE_THERE_ARE.filter(([{ key }, usual]) => used.includes(key) || rows.some((row) => isSpecial(row[key as Name], usual)));
  const tags = new Set(rows.flatMap(({ key }) => key.tags ?? []).map(({ TagKey }) => TagKey));
  const kept = used.filter((key) => key.startsWith(tagProperty(''))).map((key) => key.slice(tagProperty('').length));
  return [...ALWAYS, ...special.map(([filter]) => filter), ...[...new Set([...tags, ...kept])].sort().map(tagOf)];
}

/** Of a key that nobody has described yet, nothing is known. */
function isSpecial(value: Row[Name], usual: string): boolean {
  return value !== '' && value !== usual;
}

const holds = (row: Row, text: string) => row.searched.includes(text.toLowerCase());

/** A text without a property is looked for in aliases, key IDs, key types and keys of tags. */
export const FREE_TEXT: NonNullable<PropertyFilterProps['freeTextFiltering']> = {
  operators: [
    { operator: ':', match: (row, text) => holds(row as Row, String(text)) },
    { operator: '!:', match: (row, text) => !holds(row as Row, String(text)) },
  ],
};
