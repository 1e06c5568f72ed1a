// The keys of KMS in a cluster. Their owner can delete them there, and KMS finds out when it needs them.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { DescribedCluster } from '../../kms/stores-setup';
import { words } from '../../words';
import type { PartProps } from './panel';

const { keys: text } = words.clusters;

type Row = DescribedCluster['keys'][number];

export function ClusterKeys({ cluster: { keys, keyCount }, busy, act }: PartProps) {
  const columns: TableProps.ColumnDefinition<Row>[] = [
    { id: 'id', header: text.id, cell: ({ id }) => <span className="wrap">{id}</span>, isRowHeader: true, minWidth: 180 },
    { id: 'label', header: text.label, cell: ({ label }) => <span className="wrap">{label}</span>, minWidth: 240 },
    {
      id: 'delete',
      header: words.managers.act,
      cell: ({ id }) => (
        <Button variant="inline-link" disabled={busy} ariaLabel={text.delete(id)} onClick={() => void act({ do: 'deleteKey', key: id }, text.deleted)}>
          {words.directory.delete}
        </Button>
      ),
    },
  ];
  return (
    <Table
      items={keys}
      columnDefinitions={columns}
      trackBy="id"
      wrapLines
      ariaLabels={{ tableLabel: text.title }}
      header={<Header variant="h2" counter={`(${keyCount})`}>{text.title}</Header>}
      empty={<Box textAlign="center">{text.empty}</Box>}
    />
  );
}
