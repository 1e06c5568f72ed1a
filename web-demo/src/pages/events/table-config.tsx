// The columns of the table of events.
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Link from '@cloudscape-design/components/link';
import type { TableProps } from '@cloudscape-design/components/table';
import type { BusEvent } from '../../kms/events';
import { Code } from '../../parts/code';
import { dateTime } from '../../parts/instants';
import { keyAddress, recordAddress } from '../../routes';
import { words } from '../../words';

/** An event with its cells as text: what is seen is what is sorted and filtered. */
export interface Row {
  number: number;
  time: number;
  type: string;
  source: string;
  about: string;
  /** Where what it is about has a page. */
  address: string | undefined;
  json: string;
}

export const FILTERED = ['type', 'source', 'about', 'json'] as const;

export function row(event: BusEvent, at: number): Row {
  const { time, source, detail, resources } = event;
  const { eventName, eventID, 'key-id': keyId } = detail;
  return {
    number: at + 1,
    time: Date.parse(time),
    type: event['detail-type'],
    source,
    about: eventName ?? resources.join(', '),
    address: eventID ? recordAddress(eventID) : keyId && keyAddress(keyId),
    json: JSON.stringify(event, null, 2),
  };
}

const { columns, detailOf } = words.events;

export const COLUMNS: TableProps.ColumnDefinition<Row>[] = [
  { id: 'time', header: columns.time, cell: ({ time }) => dateTime(time), sortingField: 'number', width: 160 },
  { id: 'type', header: columns.type, cell: ({ type }) => <span className="wrap">{type}</span>, sortingField: 'type', isRowHeader: true, width: 210 },
  { id: 'source', header: columns.source, cell: ({ source }) => source, sortingField: 'source', width: 110 },
  { id: 'about', header: columns.about, cell: ({ about, address }) => <About about={about} address={address} />, sortingField: 'about', width: 220 },
  { id: 'detail', header: columns.detail, cell: ({ number, json }) => <Detail name={detailOf(number)} json={json} />, minWidth: 320 },
];

function About({ about, address }: Pick<Row, 'about' | 'address'>) {
  const shown = <span className="wrap">{about}</span>;
  return address === undefined ? shown : <Link href={address}>{shown}</Link>;
}

function Detail({ name, json }: { name: string; json: string }) {
  return (
    <ExpandableSection variant="footer" headerText={name}>
      <Code label={name} text={json} />
    </ExpandableSection>
  );
}
