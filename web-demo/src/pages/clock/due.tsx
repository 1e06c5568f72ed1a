// What falls due: the scheduled deletions of the whole world.
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import type { TableProps } from '@cloudscape-design/components/table';
import { dueDeletions, type Due } from '../../kms/due';
import { dateTime, duration } from '../../parts/instants';
import { words } from '../../words';
import type { JournalEntry } from '../../world/protocol';

const { due } = words.clock;

const columns = (now: number): TableProps.ColumnDefinition<Due>[] => [
  { id: 'time', header: due.time, cell: ({ time }) => dateTime(time) },
  { id: 'in', header: due.in, cell: ({ time }) => duration(time - now) },
  { id: 'what', header: due.what, cell: () => due.deletion },
  { id: 'key', header: due.key, cell: ({ key }) => <span className="wrap">{key}</span>, isRowHeader: true },
];

export function DueTable({ journal, now }: { journal: readonly JournalEntry[]; now: number }) {
  const items = dueDeletions(journal);
  return (
    <Table
      items={items}
      columnDefinitions={columns(now)}
      trackBy="key"
      wrapLines
      ariaLabels={{ tableLabel: due.title }}
      header={<Header variant="h2" counter={`(${items.length})`} description={due.text}>{due.title}</Header>}
      empty={<Box textAlign="center">{due.nothing}</Box>}
    />
  );
}
