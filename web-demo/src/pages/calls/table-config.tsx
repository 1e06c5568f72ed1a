// The columns of the table of calls.
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import { wouldSucceed } from '../../parts/dry-run';
import { dateTime } from '../../parts/instants';
import { ToldInTable } from '../../parts/told';
import { words } from '../../words';
import type { MadeCall } from '../../world/protocol';

/** A call with its cells as text: what is seen is what is sorted and filtered. */
export interface Row extends MadeCall {
  caller: string;
  region: string;
  outcome: string;
}

export function row(call: MadeCall): Row {
  const { caller, region } = call.place;
  return { ...call, caller, region, outcome: call.code ?? words.calls.succeeded };
}

const { columns } = words.calls;

export const COLUMNS: TableProps.ColumnDefinition<Row>[] = [
  { id: 'number', header: columns.number, cell: ({ number }) => number, sortingField: 'number', width: 115 },
  { id: 'operation', header: columns.operation, cell: ({ operation }) => operation, sortingField: 'operation', isRowHeader: true, width: 190 },
  {
    id: 'outcome',
    header: columns.outcome,
    cell: ({ code, outcome }) => (
      <StatusIndicator type={code === undefined || wouldSucceed(code) ? 'success' : 'error'} wrapText>
        <span className="wrap">{outcome}</span>
      </StatusIndicator>
    ),
    sortingField: 'outcome',
    width: 210,
  },
  { id: 'why', header: columns.why, cell: (call) => <ToldInTable call={call} />, width: 200 },
  { id: 'caller', header: columns.caller, cell: ({ caller }) => <span className="wrap">{caller}</span>, sortingField: 'caller', width: 230 },
  { id: 'region', header: columns.region, cell: ({ region }) => region, sortingField: 'region', width: 140 },
  { id: 'time', header: columns.time, cell: ({ time }) => dateTime(time), sortingField: 'time', minWidth: 150 },
];
