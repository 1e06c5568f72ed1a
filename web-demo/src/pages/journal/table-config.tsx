// The columns of the journal.
import Badge from '@cloudscape-design/components/badge';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import { Code } from '../../parts/code';
import { dateTime } from '../../parts/instants';
import { requestAddress } from '../../routes';
import { words } from '../../words';
import type { JournalEntry } from '../../world/protocol';

/** An entry with its cells as text: what is seen is what is sorted and filtered. */
export interface Row extends JournalEntry {
  operationText: string;
  keyText: string;
  json: string;
}

export function row(entry: JournalEntry): Row {
  return {
    ...entry,
    // What neither a call nor time has done, the owner of the world has: on the pages of quotas, of the directory, of clusters.
    operationText: entry.operation ?? (entry.due == null ? words.journal.byOwner : words.journal.byTime),
    keyText: typeof entry.key === 'string' ? entry.key : JSON.stringify(entry.key),
    json: JSON.stringify(entry.row, null, 2),
  };
}

const { columns } = words.journal;

/** The operation, which leads to the record of its call. */
function operation({ operationText, requestId }: Row) {
  return requestId ? <Link href={requestAddress(requestId)}>{operationText}</Link> : operationText;
}

/** The key of the row, which unfolds to the row itself. */
function changed({ number, keyText, row, json }: Row) {
  if (row === null) {
    return (
      <SpaceBetween direction="horizontal" size="xs">
        <span className="wrap">{keyText}</span>
        <Badge>{words.journal.removed}</Badge>
      </SpaceBetween>
    );
  }
  return (
    <ExpandableSection variant="footer" headerText={<span className="wrap">{keyText}</span>}>
      <Code label={words.journal.rowOf(number)} text={json} />
    </ExpandableSection>
  );
}

export const COLUMNS: TableProps.ColumnDefinition<Row>[] = [
  { id: 'number', header: columns.number, cell: ({ number }) => number, sortingField: 'number', isRowHeader: true, width: 115 },
  { id: 'time', header: columns.time, cell: ({ time }) => dateTime(time), sortingField: 'time', width: 150 },
  { id: 'operation', header: columns.operation, cell: operation, sortingField: 'operationText', width: 185 },
  { id: 'table', header: columns.table, cell: ({ table }) => table, sortingField: 'table', width: 115 },
  { id: 'row', header: columns.row, cell: changed, sortingField: 'keyText', minWidth: 340 },
];
