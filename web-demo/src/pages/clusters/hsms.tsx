// The hardware security modules of a cluster: one more in a zone, or one fewer.
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import type { Hsm } from '../../kms/stores-setup';
import { TitledTable } from '../../parts/titled-table';
import { words } from '../../words';
import type { PartProps } from './panel';

const { hsms: text } = words.clusters;

interface Row extends Hsm {
  number: number;
}

export function Hsms({ cluster: { hsms, subnets }, busy, act }: PartProps) {
  const rows = hsms.map((hsm, at) => ({ ...hsm, number: at + 1 }));
  const zones = [...new Set(Object.values(subnets).map(({ zone }) => zone))].sort();
  const columns: TableProps.ColumnDefinition<Row>[] = [
    { id: 'zone', header: text.zone, cell: ({ zone }) => zone, isRowHeader: true },
    { id: 'state', header: text.state, cell: ({ state }) => state },
    { id: 'user', header: text.user, cell: ({ users }) => (users.includes('kmsuser') ? text.yes : text.no) },
    {
      id: 'remove',
      header: words.managers.act,
      cell: ({ zone, number }) => (
        <Button variant="inline-link" disabled={busy} ariaLabel={text.remove(zone, number)} onClick={() => void act({ do: 'removeHsm', zone })}>
          {words.remove}
        </Button>
      ),
    },
  ];
  return (
    <TitledTable
      title={text.title}
      about={{
        description: text.text,
        actions: (
          <SpaceBetween direction="horizontal" size="xs">
            {zones.map((zone) => (
              <Button key={zone} disabled={busy} onClick={() => void act({ do: 'addHsm', zone })}>
                {text.add(zone)}
              </Button>
            ))}
          </SpaceBetween>
        ),
      }}
      items={rows}
      columnDefinitions={columns}
      trackBy={({ number }) => String(number)}
      empty={text.empty}
    />
  );
}
