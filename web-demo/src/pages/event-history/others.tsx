// What belongs to a record: the copies of other accounts, and what the call has caused.
import Link from '@cloudscape-design/components/link';
import type { TableProps } from '@cloudscape-design/components/table';
import { useCallback } from 'react';
import { newestRecords, type Numbered, type TrailRecord } from '../../kms/records';
import { TitledTable } from '../../parts/titled-table';
import { recordAddress } from '../../routes';
import { words } from '../../words';
import { useClient, useQuery } from '../../world/context';

const { others: text } = words.history;

const MOST = 100;

const COLUMNS: TableProps.ColumnDefinition<Numbered>[] = [
  { id: 'name', header: text.name, cell: ({ record }) => <Link href={recordAddress(record.eventID)}>{record.eventName}</Link>, isRowHeader: true },
  { id: 'account', header: text.account, cell: ({ record }) => record.recipientAccountId },
  { id: 'region', header: text.region, cell: ({ record }) => record.awsRegion },
  { id: 'type', header: text.type, cell: ({ record }) => record.eventType },
];

export function Others({ record: { requestID, sharedEventID, eventID } }: { record: TrailRecord }) {
  const client = useClient();
  const query = useQuery(
    useCallback(async () => {
      const filters = [...(requestID ? [{ requestId: requestID }] : []), ...(sharedEventID ? [{ sharedId: sharedEventID }] : [])];
      const found = await Promise.all(filters.map((filter) => newestRecords(client, filter, MOST)));
      const all = new Map(found.flatMap(({ records }) => records.map((numbered) => [numbered.number, numbered] as const)));
      return [...all.values()].filter(({ record }) => record.eventID !== eventID).sort((one, other) => one.number - other.number);
    }, [client, requestID, sharedEventID, eventID]),
  );
  const items = query.value ?? [];
  if (items.length === 0) return null;
  return <TitledTable title={text.title} about={{ description: text.text }} items={items} columnDefinitions={COLUMNS} trackBy="number" />;
}
