// The subnets of a cluster: they run out of addresses, or are deleted.
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import type { Subnet } from '../../kms/stores-setup';
import { TitledTable } from '../../parts/titled-table';
import { words } from '../../words';
import type { PartProps } from './panel';

const { subnets: text, kmsuser } = words.clusters;

/** How many addresses are free again. */
const SOME = 200;

interface Row extends Subnet {
  id: string;
}

export function Subnets({ cluster: { subnets }, busy, act }: PartProps) {
  const rows = Object.entries(subnets).map(([id, subnet]) => ({ id, ...subnet }));
  const set = ({ id, zone }: Row, change: Partial<Subnet>) => void act({ do: 'set', subnets: { [id]: { zone, ...change } } });
  const button = (label: string, row: Row, change: Partial<Subnet>) => (
    <Button variant="inline-link" disabled={busy} ariaLabel={text.label(label, row.id)} onClick={() => set(row, change)}>
      {label}
    </Button>
  );
  const columns: TableProps.ColumnDefinition<Row>[] = [
    { id: 'id', header: text.id, cell: ({ id }) => <span className="wrap">{id}</span>, isRowHeader: true, minWidth: 160 },
    { id: 'zone', header: text.zone, cell: ({ zone }) => zone },
    { id: 'free', header: text.free, cell: ({ freeAddresses }) => freeAddresses },
    { id: 'deleted', header: text.deleted, cell: ({ deleted }) => (deleted ? kmsuser.yes : kmsuser.no) },
    {
      id: 'acts',
      header: words.managers.act,
      cell: (row) => (
        <SpaceBetween direction="horizontal" size="s">
          {row.freeAddresses > 0 ? button(text.exhaust, row, { freeAddresses: 0 }) : button(text.release, row, { freeAddresses: SOME })}
          {row.deleted ? button(text.restore, row, { deleted: false }) : button(text.delete, row, { deleted: true })}
        </SpaceBetween>
      ),
      minWidth: 220,
    },
  ];
  return (
    <TitledTable title={text.title} items={rows} columnDefinitions={columns} trackBy="id" />
  );
}
