// Who gains and who loses what.
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { Change } from '../../kms/who-can';
import { words } from '../../words';
import { personName } from './about-key';

const { change: text, who } = words.lab;

const listed = (actions: readonly string[]) => <span className="wrap">{actions.join(', ') || words.none}</span>;

const COLUMNS: TableProps.ColumnDefinition<Change>[] = [
  { id: 'name', header: who.person, cell: (change) => <span className="wrap">{personName(change)}</span>, isRowHeader: true, minWidth: 220 },
  { id: 'gains', header: text.gains, cell: ({ gains }) => listed(gains), minWidth: 200 },
  { id: 'loses', header: text.loses, cell: ({ loses }) => listed(loses), minWidth: 200 },
  { id: 'differently', header: text.differently, cell: ({ differently }) => listed(differently), minWidth: 200 },
];

export function Changes({ changes, loading, changed }: { changes: readonly Change[]; loading: boolean; changed: boolean }) {
  return (
    <Table
      items={changes}
      columnDefinitions={COLUMNS}
      trackBy="id"
      wrapLines
      loading={loading}
      loadingText={words.loading}
      ariaLabels={{ tableLabel: text.difference }}
      header={
        <Header variant="h2" counter={`(${changes.length})`}>
          {text.difference}
        </Header>
      }
      empty={<Box textAlign="center">{changed ? text.same : text.unedited}</Box>}
    />
  );
}
