// The columns of the table of aliases.
import type { TableProps } from '@cloudscape-design/components/table';
import { dateTime } from '../../parts/instants';
import { words } from '../../words';
import type { Alias } from '../../world/operations';

const { columns } = words.aliases;

export const ALIAS_COLUMNS: TableProps.ColumnDefinition<Alias>[] = [
  { id: 'name', header: columns.name, cell: ({ AliasName }) => AliasName, isRowHeader: true },
  { id: 'arn', header: columns.arn, cell: ({ AliasArn }) => AliasArn },
  { id: 'created', header: columns.created, cell: ({ CreationDate }) => (CreationDate ? dateTime(CreationDate) : words.none) },
];
