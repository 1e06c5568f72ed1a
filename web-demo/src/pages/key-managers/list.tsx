// The proxies of external key managers that are registered in the world.
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import { useState } from 'react';
import type { EndpointService, Proxy } from '../../kms/stores-setup';
import { Info } from '../../parts/info';
import { managerAddress } from '../../routes';
import { TitledTable } from '../../parts/titled-table';
import { words } from '../../words';
import { CreateManager } from './create';
import { EndpointServices } from './services';

const { managers } = words;

interface Row {
  name: string;
  proxy: Proxy;
}

const COLUMNS: TableProps.ColumnDefinition<Row>[] = [
  {
    id: 'name',
    header: managers.columns.name,
    cell: ({ name }) => (
      <span className="wrap">
        <Link href={managerAddress(name)}>{name}</Link>
      </span>
    ),
    isRowHeader: true,
    minWidth: 220,
  },
  { id: 'region', header: managers.columns.region, cell: ({ proxy }) => proxy.region },
  { id: 'keys', header: managers.columns.keys, cell: ({ proxy }) => Object.keys(proxy.keys).length },
  { id: 'faults', header: managers.columns.faults, cell: ({ proxy }) => proxy.faults?.length ?? 0 },
];

interface Props {
  proxies: Record<string, Proxy>;
  services: Record<string, EndpointService>;
}

export function ManagerList({ proxies, services }: Props) {
  const [creating, setCreating] = useState(false);
  const rows = Object.entries(proxies).map(([name, proxy]) => ({ name, proxy }));
  return (
    <SpaceBetween size="l">
      <Header variant="h1" info={<Info />} description={managers.text}>
        {managers.title}
      </Header>
      <TitledTable
        title={managers.proxies}
        about={{
          description: managers.trust,
          actions: (
            <Button variant="primary" onClick={() => setCreating(true)}>
              {managers.create}
            </Button>
          ),
        }}
        ariaLabels={{ tableLabel: managers.title }}
        items={rows}
        columnDefinitions={COLUMNS}
        trackBy="name"
        empty={managers.empty}
      />
      <EndpointServices services={services} />
      {creating && <CreateManager onDone={() => setCreating(false)} />}
    </SpaceBetween>
  );
}
