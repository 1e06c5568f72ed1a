// The rotations that are complete, a page at a time.
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useCallback } from 'react';
import { rotationsPage } from '../../kms/rotation';
import { dateTime } from '../../parts/instants';
import { Paging } from '../../parts/paging';
import { Refused } from '../../parts/refused';
import { words } from '../../words';
import { useCall } from '../../world/context';
import type { KeyMaterial } from '../../world/operations';
import { usePages } from '../../world/pages';

const { list, types } = words.rotation;

const PAGE = 10;

const COLUMNS: TableProps.ColumnDefinition<KeyMaterial>[] = [
  { id: 'date', header: list.columns.date, cell: ({ RotationDate }) => (RotationDate ? dateTime(RotationDate) : words.none) },
  { id: 'type', header: list.columns.type, cell: ({ RotationType }) => (RotationType ? types[RotationType] : words.none) },
  {
    id: 'material',
    header: list.columns.material,
    cell: ({ KeyMaterialId }) => <span className="wrap">{KeyMaterialId}</span>,
    isRowHeader: true,
    minWidth: 260,
  },
  { id: 'state', header: list.columns.state, cell: ({ KeyMaterialState }) => words.material.states[KeyMaterialState] },
];

export function Rotations({ keyId }: { keyId: string }) {
  const call = useCall();
  const pages = usePages(useCallback((from) => rotationsPage(call, keyId, from, PAGE), [call, keyId]));
  return (
    <Table
      items={pages.value ?? []}
      columnDefinitions={COLUMNS}
      trackBy="KeyMaterialId"
      wrapLines
      loading={pages.loading}
      loadingText={words.loading}
      ariaLabels={{ tableLabel: list.title }}
      header={
        <Header variant="h2" description={list.text}>
          {list.title}
        </Header>
      }
      pagination={<Paging pages={pages} />}
      empty={pages.refusal ? <Refused refusal={pages.refusal} /> : <Box textAlign="center">{list.empty}</Box>}
    />
  );
}
