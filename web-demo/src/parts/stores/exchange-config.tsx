// The columns of the exchange with a proxy.
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import type { ProxyLogEntry } from 'pocket-kms';
import { words } from '../../words';
import { dateTime } from '../instants';

const { exchange } = words.managers;
const { columns } = exchange;

/** The answer in one word, and in full what KMS said of the call. */
function Answer({ status, error, faults }: ProxyLogEntry) {
  const text = [status === 0 ? '' : String(status), error ?? ''].filter(Boolean).join(' ');
  return (
    <>
      <StatusIndicator type={error === null ? 'success' : 'error'} wrapText>
        <span className="wrap">{text}</span>
      </StatusIndicator>
      {faults.length > 0 && <div>{exchange.byFaults(faults.join(', '))}</div>}
    </>
  );
}

function Request({ number, operation, metadata }: ProxyLogEntry) {
  return (
    <ExpandableSection variant="footer" headerText={operation} headerAriaLabel={exchange.requestOf(number, operation)}>
      <KeyValuePairs
        columns={1}
        items={Object.entries(metadata).map(([label, text]) => ({ label, value: <span className="wrap">{text}</span> }))}
      />
    </ExpandableSection>
  );
}

export const COLUMNS: TableProps.ColumnDefinition<ProxyLogEntry>[] = [
  { id: 'number', header: columns.number, cell: ({ number }) => number, isRowHeader: true, width: 90 },
  { id: 'operation', header: columns.operation, cell: Request, minWidth: 220 },
  { id: 'key', header: columns.key, cell: ({ key }) => <span className="wrap">{key ?? words.none}</span>, minWidth: 110 },
  { id: 'answer', header: columns.answer, cell: Answer, minWidth: 180 },
  { id: 'took', header: columns.took, cell: ({ milliseconds }) => exchange.millis(milliseconds), minWidth: 90 },
  { id: 'time', header: columns.time, cell: ({ time }) => dateTime(time), minWidth: 170 },
];
