// The columns of the event history: those of the console, with what fits beside one another first.
import Link from '@cloudscape-design/components/link';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import { userName, type Numbered } from '../../kms/records';
import { dateTime } from '../../parts/instants';
import { recordAddress } from '../../routes';
import { words } from '../../words';

/** A record with its cells as text: what is seen is what is sorted. */
export interface Row {
  number: number;
  id: string;
  name: string;
  time: number;
  user: string;
  source: string;
  type: string;
  resource: string;
  error: string;
  account: string;
  region: string;
}

export function row({ number, record }: Numbered): Row {
  const { eventID, eventName, eventTime, eventSource, resources = [], errorCode, recipientAccountId, awsRegion } = record;
  return {
    number,
    id: eventID,
    name: eventName,
    time: Date.parse(eventTime),
    user: userName(record),
    source: eventSource,
    type: [...new Set(resources.map(({ type }) => type))].join(', '),
    resource: resources.map(({ ARN }) => ARN).join(', '),
    error: errorCode ?? '',
    account: recipientAccountId,
    region: awsRegion,
  };
}

const { columns } = words.history;

export const COLUMNS: TableProps.ColumnDefinition<Row>[] = [
  { id: 'name', header: columns.name, cell: ({ id, name }) => <Link href={recordAddress(id)}>{name}</Link>, sortingField: 'name', isRowHeader: true, width: 165 },
  { id: 'time', header: columns.time, cell: ({ time }) => dateTime(time), sortingField: 'number', width: 150 },
  { id: 'error', header: columns.error, cell: ({ error }) => (error ? <Refusal code={error} /> : words.none), sortingField: 'error', width: 165 },
  { id: 'user', header: columns.user, cell: ({ user }) => <span className="wrap">{user || words.none}</span>, sortingField: 'user', width: 110 },
  { id: 'resource', header: columns.resource, cell: ({ resource }) => <span className="wrap">{resource || words.none}</span>, sortingField: 'resource', width: 330 },
  { id: 'type', header: columns.type, cell: ({ type }) => type || words.none, sortingField: 'type', width: 140 },
  { id: 'source', header: columns.source, cell: ({ source }) => <span className="wrap">{source}</span>, sortingField: 'source', width: 160 },
  { id: 'region', header: columns.region, cell: ({ region }) => region, sortingField: 'region', width: 120 },
  { id: 'account', header: columns.account, cell: ({ account }) => account, sortingField: 'account', minWidth: 130 },
];

function Refusal({ code }: { code: string }) {
  return (
    <StatusIndicator type="error" wrapText>
      <span className="wrap">{code}</span>
    </StatusIndicator>
  );
}
