// The columns of the two tables of custom key stores.
import Link from '@cloudscape-design/components/link';
import type { TableProps } from '@cloudscape-design/components/table';
import type { StoresSetup } from '../../kms/stores-setup';
import { ConnectionStatus } from '../../parts/connection-state';
import { dateTime } from '../../parts/instants';
import { storeAddress } from '../../routes';
import { words } from '../../words';
import type { KeyStore, StoreType } from '../../world/operations';

/** A store with its cells as text: what is seen is what is sorted and filtered. */
export interface Row {
  store: KeyStore;
  id: string;
  name: string;
  status: string;
  created: number;
  cluster: string;
  /** How many HSMs the cluster has; `undefined` where no such cluster is registered. */
  hsms: number | undefined;
  connectivity: string;
  endpoint: string;
  path: string;
}

export const FILTERED = ['name', 'id', 'status', 'cluster', 'endpoint', 'path'] as const;

export function row(store: KeyStore, { clusters = {} }: StoresSetup): Row {
  const { CloudHsmClusterId: cluster = '', XksProxyConfiguration: proxy } = store;
  return {
    store,
    id: store.CustomKeyStoreId,
    name: store.CustomKeyStoreName,
    status: words.stores.states[store.ConnectionState],
    created: store.CreationDate.getTime(),
    cluster,
    hsms: clusters[cluster]?.hsms?.length,
    connectivity: proxy ? words.stores.external.connectivities[proxy.Connectivity].label : '',
    endpoint: proxy?.UriEndpoint ?? '',
    path: proxy?.UriPath ?? '',
  };
}

const { columns } = words.stores;

type Column = TableProps.ColumnDefinition<Row>;

const NAME: Column = {
  id: 'name',
  header: columns.name,
  cell: ({ id, name }) => <Link href={storeAddress(id)}>{name}</Link>,
  sortingField: 'name',
  isRowHeader: true,
  minWidth: 160,
};

const COMMON: Column[] = [
  { id: 'id', header: columns.id, cell: ({ id }) => <span className="wrap">{id}</span>, sortingField: 'id', minWidth: 190 },
  { id: 'status', header: columns.status, cell: ({ store }) => <ConnectionStatus store={store} />, sortingField: 'status', minWidth: 150 },
];

const CREATED: Column = { id: 'created', header: columns.created, cell: ({ created }) => dateTime(created), sortingField: 'created', minWidth: 170 };

export const COLUMNS: Record<StoreType, Column[]> = {
  AWS_CLOUDHSM: [
    NAME,
    ...COMMON,
    { id: 'cluster', header: columns.cluster, cell: ({ cluster }) => <span className="wrap">{cluster}</span>, sortingField: 'cluster', minWidth: 170 },
    { id: 'hsms', header: columns.hsms, cell: ({ hsms }) => hsms ?? words.none, sortingField: 'hsms', minWidth: 80 },
    CREATED,
  ],
  EXTERNAL_KEY_STORE: [
    NAME,
    ...COMMON,
    { id: 'connectivity', header: columns.connectivity, cell: ({ connectivity }) => connectivity, sortingField: 'connectivity', minWidth: 150 },
    { id: 'endpoint', header: columns.endpoint, cell: ({ endpoint }) => <span className="wrap">{endpoint}</span>, sortingField: 'endpoint', minWidth: 200 },
    { id: 'path', header: columns.path, cell: ({ path }) => <span className="wrap">{path}</span>, minWidth: 160 },
    CREATED,
  ],
};
