// The columns of the keys table, what it can be filtered by, and its preferences.
import type { PropertyFilterProperty } from '@cloudscape-design/collection-hooks';
import type { CollectionPreferencesProps } from '@cloudscape-design/components/collection-preferences';
import Link from '@cloudscape-design/components/link';
import type { TableProps } from '@cloudscape-design/components/table';
import { withoutPrefix } from '../../kms/alias';
import { USAGE_LABELS, keyTypeOf } from '../../kms/specs-config';
import type { KeySummary } from '../../kms/keys';
import { dateTime } from '../../parts/instants';
import { KeyStatus, stateText } from '../../parts/key-status';
import { keyAddress } from '../../routes';
import { words } from '../../words';
import type { KeyMetadata } from '../../world/operations';

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
  store: string;
}

export function row(key: KeySummary): Row {
  const { metadata } = key;
  return {
    key,
    id: key.id,
    alias: withoutPrefix(key.aliases[0] ?? ''),
    aliases: key.aliases.join(' '),
    status: stateText(metadata?.KeyState),
    type: metadata ? words.keyTypes[keyTypeOf(metadata.KeySpec)] : '',
    spec: metadata?.KeySpec ?? '',
    usage: metadata ? USAGE_LABELS[metadata.KeyUsage] : '',
    description: metadata?.Description ?? '',
    created: metadata?.CreationDate.getTime() ?? 0,
    regionality: metadata ? regionality(metadata) : '',
    origin: metadata ? (words.origins[metadata.Origin] ?? metadata.Origin) : '',
    store: metadata?.CustomKeyStoreId ?? '',
  };
}

function regionality({ MultiRegionConfiguration }: KeyMetadata): string {
  return words.key.general.kinds[MultiRegionConfiguration?.MultiRegionKeyType ?? 'SINGLE'];
}

const { columns } = words.keys;

function named({ key, alias }: Row) {
  const more = key.aliases.length - 1;
  if (alias === '') return words.none;
  return (
    <>
      <Link href={keyAddress(key.id)}>{alias}</Link>
      {more > 0 && ` (+${more})`}
    </>
  );
}

export const COLUMNS: TableProps.ColumnDefinition<Row>[] = [
  { id: 'alias', header: columns.alias, cell: named, sortingField: 'alias', isRowHeader: true, width: 150, minWidth: 110 },
  { id: 'id', header: columns.id, cell: ({ id }) => <Link href={keyAddress(id)}>{id}</Link>, sortingField: 'id', width: 330, minWidth: 160 },
  { id: 'status', header: columns.status, cell: ({ key }) => <KeyStatus state={key.metadata?.KeyState} />, sortingField: 'status', width: 165, minWidth: 120 },
  { id: 'type', header: columns.type, cell: ({ type }) => type || words.none, sortingField: 'type', minWidth: 110 },
  { id: 'spec', header: columns.spec, cell: ({ spec }) => spec || words.none, sortingField: 'spec', width: 185, minWidth: 120 },
  { id: 'usage', header: columns.usage, cell: ({ usage }) => usage || words.none, sortingField: 'usage', minWidth: 150 },
  { id: 'description', header: columns.description, cell: ({ description }) => description || words.none, minWidth: 150 },
  {
    id: 'created',
    header: columns.created,
    cell: ({ created }) => (created ? dateTime(created) : words.none),
    sortingField: 'created',
    minWidth: 170,
  },
  { id: 'regionality', header: columns.regionality, cell: ({ regionality }) => regionality || words.none, sortingField: 'regionality', minWidth: 170 },
  { id: 'origin', header: columns.origin, cell: ({ origin }) => origin || words.none, sortingField: 'origin', minWidth: 120 },
  { id: 'store', header: columns.store, cell: ({ store }) => store || words.none, sortingField: 'store', minWidth: 200 },
];

export const FILTERS: PropertyFilterProperty[] = [
  { key: 'aliases', propertyLabel: columns.alias, groupValuesLabel: columns.alias, operators: [':', '!:', '=', '!='] },
  { key: 'id', propertyLabel: columns.id, groupValuesLabel: columns.id, operators: [':', '!:', '=', '!='] },
  { key: 'status', propertyLabel: columns.status, groupValuesLabel: columns.status, operators: ['=', '!='] },
  { key: 'type', propertyLabel: columns.type, groupValuesLabel: columns.type, operators: ['=', '!='] },
  { key: 'spec', propertyLabel: columns.spec, groupValuesLabel: columns.spec, operators: ['=', '!='] },
  { key: 'usage', propertyLabel: columns.usage, groupValuesLabel: columns.usage, operators: ['=', '!='] },
  { key: 'origin', propertyLabel: columns.origin, groupValuesLabel: columns.origin, operators: ['=', '!='] },
  { key: 'store', propertyLabel: columns.store, groupValuesLabel: columns.store, operators: [':', '!:', '=', '!='] },
  { key: 'regionality', propertyLabel: columns.regionality, groupValuesLabel: columns.regionality, operators: ['=', '!='] },
];

export const FIRST_PREFERENCES: CollectionPreferencesProps.Preferences = {
  pageSize: 10,
  wrapLines: false,
  contentDisplay: COLUMNS.map(({ id }) => ({ id: id ?? '', visible: !['type', 'description', 'created', 'regionality', 'origin', 'store'].includes(id ?? '') })),
};

export const PREFERENCES: Pick<CollectionPreferencesProps, 'pageSizePreference' | 'wrapLinesPreference' | 'contentDisplayPreference'> = {
  pageSizePreference: { options: [10, 30, 100].map((value) => ({ value, label: words.keys.pageSize(value) })) },
  wrapLinesPreference: {},
  contentDisplayPreference: {
    options: [
      { id: 'alias', label: columns.alias, alwaysVisible: true },
      { id: 'id', label: columns.id },
      { id: 'status', label: columns.status },
      { id: 'type', label: columns.type },
      { id: 'spec', label: columns.spec },
      { id: 'usage', label: columns.usage },
      { id: 'description', label: columns.description },
      { id: 'created', label: columns.created },
      { id: 'regionality', label: columns.regionality },
      { id: 'origin', label: columns.origin },
      { id: 'store', label: columns.store },
    ],
  },
};
