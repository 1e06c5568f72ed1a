// The columns of the AWS managed keys, and its preferences: at first alias, key ID and status (P1-208).
import type { CollectionPreferencesProps } from '@cloudscape-design/components/collection-preferences';
import Link from '@cloudscape-design/components/link';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import { withoutPrefix } from '../../kms/alias';
import type { KeySummary } from '../../kms/keys';
import { dateTime } from '../../parts/instants';
import { KeyStatus } from '../../parts/key-status';
import { keyAddress } from '../../routes';
import { words } from '../../words';
import type { Alias } from '../../world/operations';
import { Describe } from './describe';

const { awsManaged, keys } = words;
const { columns } = keys;

/** An alias of AWS, and its key as soon as there is one. */
export interface Row {
  name: string;
  alias: string;
  id: string;
  status: string;
  description: string;
  created: number;
  key: KeySummary | undefined;
}

export function rowOf({ AliasName, TargetKeyId = '' }: Alias, key: KeySummary | undefined): Row {
  const { metadata } = key ?? {};
  return {
    name: AliasName,
    alias: withoutPrefix(AliasName),
    id: TargetKeyId,
    status: metadata?.KeyState ?? '',
    description: metadata?.Description ?? '',
    created: metadata?.CreationDate.getTime() ?? 0,
    key,
  };
}

function status({ key }: Row) {
  if (!key) return <StatusIndicator type="pending">{awsManaged.none}</StatusIndicator>;
  if (!key.metadata && !key.described) return <StatusIndicator type="loading">{words.loading}</StatusIndicator>;
  return <KeyStatus state={key.metadata?.KeyState} />;
}

type Column = TableProps.ColumnDefinition<Row> & { id: keyof typeof columns };

export const COLUMNS: Column[] = [
  {
    id: 'alias',
    header: columns.alias,
    cell: ({ alias, id }) => (id ? <Link href={keyAddress(id)}>{alias}</Link> : alias),
    sortingField: 'alias',
    isRowHeader: true,
    minWidth: 160,
  },
  {
    id: 'id',
    header: columns.id,
    cell: ({ id, name }) => (id ? <Link href={keyAddress(id)}>{id}</Link> : <Describe alias={name} />),
    sortingField: 'id',
    width: 330,
    minWidth: 160,
  },
  { id: 'status', header: columns.status, cell: status, minWidth: 165 },
  { id: 'description', header: columns.description, cell: ({ description }) => description || words.none, minWidth: 200 },
  { id: 'created', header: columns.created, cell: ({ created }) => (created ? dateTime(created) : words.none), minWidth: 170 },
];

const SHOWN_FIRST: readonly string[] = ['alias', 'id', 'status'];

export const FIRST_PREFERENCES: CollectionPreferencesProps.Preferences = {
  pageSize: 30,
  wrapLines: false,
  contentDisplay: COLUMNS.map(({ id }) => ({ id, visible: SHOWN_FIRST.includes(id) })),
};

/** What somebody may choose to see. */
export const SHOWABLE = COLUMNS.map(({ id }) => ({ id, label: columns[id], alwaysVisible: id === 'alias' }));
