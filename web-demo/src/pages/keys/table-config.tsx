// The columns of the keys table, and its preferences.
import type { CollectionPreferencesProps } from '@cloudscape-design/components/collection-preferences';
import Link from '@cloudscape-design/components/link';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import { dateTime } from '../../parts/instants';
import { KeyStatus } from '../../parts/key-status';
import { keyAddress } from '../../routes';
import { words } from '../../words';
import type { Row } from './rows';

const { columns } = words.keys;

type Column = TableProps.ColumnDefinition<Row> & { id: keyof typeof columns };

function named({ key, alias }: Row) {
  const more = key.aliases.length - 1;
  if (alias === '') return words.none;
  return (
    <>
      <Link href={keyAddress(key.id)}>{alias}</Link>
      {more > 0 && (
        <>
          {' '}
          <Link href={keyAddress(key.id, 'aliases')} ariaLabel={words.keys.moreAliases(more, alias)}>{`(+${more} more)`}</Link>
        </>
      )}
    </>
  );
}

function status({ key: { metadata, described } }: Row) {
  if (!metadata && !described) return <StatusIndicator type="loading">{words.loading}</StatusIndicator>;
  return <KeyStatus state={metadata?.KeyState} />;
}

const date = (time: number) => (time ? dateTime(time) : words.none);

export const COLUMNS: Column[] = [
  { id: 'alias', header: columns.alias, cell: named, sortingField: 'alias', isRowHeader: true, width: 150, minWidth: 110 },
  { id: 'id', header: columns.id, cell: ({ id }) => <Link href={keyAddress(id)}>{id}</Link>, sortingField: 'id', width: 330, minWidth: 160 },
  { id: 'status', header: columns.status, cell: status, sortingField: 'status', width: 165, minWidth: 120 },
  { id: 'type', header: columns.type, cell: ({ type }) => type || words.none, sortingField: 'type', minWidth: 110 },
  { id: 'spec', header: columns.spec, cell: ({ spec }) => spec || words.none, sortingField: 'spec', width: 185, minWidth: 120 },
  { id: 'usage', header: columns.usage, cell: ({ usage }) => usage || words.none, sortingField: 'usage', minWidth: 150 },
  { id: 'description', header: columns.description, cell: ({ description }) => description || words.none, minWidth: 150 },
  { id: 'created', header: columns.created, cell: ({ created }) => date(created), sortingField: 'created', minWidth: 170 },
  { id: 'regionality', header: columns.regionality, cell: ({ regionality }) => regionality || words.none, sortingField: 'regionality', minWidth: 170 },
  { id: 'origin', header: columns.origin, cell: ({ origin }) => origin || words.none, sortingField: 'origin', minWidth: 120 },
  { id: 'expires', header: columns.expires, cell: ({ expires }) => date(expires), sortingField: 'expires', minWidth: 170 },
  { id: 'store', header: columns.store, cell: ({ store }) => store || words.none, sortingField: 'store', minWidth: 200 },
];

/** What of a key is known from its name alone. */
export const BY_NAME: readonly (string | undefined)[] = [undefined, 'alias', 'id'];

const SHOWN_FIRST: readonly string[] = ['alias', 'id', 'status', 'spec', 'usage'];

export const FIRST_PREFERENCES: CollectionPreferencesProps.Preferences = {
  pageSize: 10,
  wrapLines: false,
  contentDisplay: COLUMNS.map(({ id }) => ({ id, visible: SHOWN_FIRST.includes(id) })),
};

/** What somebody may choose to see. */
export const SHOWABLE = COLUMNS.map(({ id }) => ({ id, label: columns[id], alwaysVisible: id === 'alias' }));
