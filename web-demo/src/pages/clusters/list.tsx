// The clusters that are registered in the world.
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import { useState } from 'react';
import { grouped } from '../../kms/places-config';
import type { Cluster } from '../../kms/stores-setup';
import { Info } from '../../parts/info';
import { clusterAddress } from '../../routes';
import { TitledTable } from '../../parts/titled-table';
import { words } from '../../words';
import { CreateCluster } from './create';

const { clusters: text } = words;

interface Row extends Cluster {
  id: string;
}

const COLUMNS: TableProps.ColumnDefinition<Row>[] = [
  {
    id: 'id',
    header: text.columns.id,
    cell: ({ id }) => (
      <span className="wrap">
        <Link href={clusterAddress(id)}>{id}</Link>
      </span>
    ),
    isRowHeader: true,
    minWidth: 180,
  },
  { id: 'state', header: text.columns.state, cell: ({ state }) => state },
  { id: 'hsms', header: text.columns.hsms, cell: ({ hsms }) => hsms.filter(({ state }) => state === 'ACTIVE').length },
  { id: 'account', header: text.columns.account, cell: ({ account }) => grouped(account) },
  { id: 'region', header: text.columns.region, cell: ({ region }) => region },
];

export function ClusterList({ clusters }: { clusters: Record<string, Cluster> }) {
  const [creating, setCreating] = useState(false);
  const rows = Object.entries(clusters).map(([id, cluster]) => ({ id, ...cluster }));
  return (
    <SpaceBetween size="l">
      <Header variant="h1" info={<Info />} description={text.text}>
        {text.title}
      </Header>
      <TitledTable
        title={text.list}
        about={{
          description: text.trust,
          actions: (
            <Button variant="primary" onClick={() => setCreating(true)}>
              {text.create}
            </Button>
          ),
        }}
        ariaLabels={{ tableLabel: text.title }}
        items={rows}
        columnDefinitions={COLUMNS}
        trackBy="id"
        empty={text.empty}
      />
      {creating && <CreateCluster onDone={() => setCreating(false)} />}
    </SpaceBetween>
  );
}
