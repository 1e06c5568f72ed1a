// Users, groups and roles, each kind in a table of its own.
import type { TableProps } from '@cloudscape-design/components/table';
import { entriesOf, type Directory, type Principal } from '../../kms/directory';
import { kindOf } from '../../kms/identities';
import { words } from '../../words';
import { EditPrincipal } from './edit-principal';
import { EntryTable, type Entry } from './entry-table';
import { inlineOf, type Kind } from './principal-draft';

const { directory } = words;
const { columns } = directory;

const wrapped = (texts: readonly string[]) => <span className="wrap">{texts.join(', ') || words.none}</span>;

const COMMON: TableProps.ColumnDefinition<Entry<Principal>>[] = [
  { id: 'arn', header: columns.arn, cell: ({ name }) => wrapped([name]), isRowHeader: true, minWidth: 260 },
  {
    id: 'policies',
    header: columns.policies,
    cell: ({ entry }) => wrapped([...inlineOf(entry).map(({ name }) => name), ...(entry.managedPolicies ?? [])]),
    minWidth: 200,
  },
];

const IDENTITY: TableProps.ColumnDefinition<Entry<Principal>>[] = [
  { id: 'boundary', header: columns.boundary, cell: ({ entry }) => wrapped(entry.permissionsBoundary ? [entry.permissionsBoundary] : []) },
  {
    id: 'tags',
    header: columns.tags,
    cell: ({ entry }) => wrapped(Object.entries(entry.tags ?? {}).map(([key, value]) => `${key}=${value}`)),
  },
  { id: 'uniqueId', header: columns.uniqueId, cell: ({ entry }) => wrapped(entry.uniqueId ? [entry.uniqueId] : []), minWidth: 200 },
];

const COLUMNS: Record<Kind, TableProps.ColumnDefinition<Entry<Principal>>[]> = {
  user: [...COMMON, { id: 'groups', header: columns.groups, cell: ({ entry }) => wrapped(entry.groups ?? []) }, ...IDENTITY],
  group: COMMON,
  role: [...COMMON, ...IDENTITY],
};

export function Principals({ kind, known, loading }: { kind: Kind; known: Directory; loading: boolean }) {
  const entries = entriesOf(known.principals).flatMap(([name, entry]) => (kindOf(name) === kind ? [{ name, entry }] : []));
  return (
    <EntryTable
      {...directory.kinds[kind]}
      create={directory.create[kind]}
      columns={COLUMNS[kind]}
      entries={entries}
      loading={loading}
      removal={(name) => ({ principals: { [name]: null } })}
      editor={(edited, onDone) => <EditPrincipal kind={kind} edited={edited} onDone={onDone} />}
      acting={kind !== 'group'}
    />
  );
}
