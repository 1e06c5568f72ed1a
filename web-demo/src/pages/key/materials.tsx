// The key materials of an imported symmetric encryption key: each can be deleted and imported again by itself.
import { useCollection } from '@cloudscape-design/collection-hooks';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useCallback, useState } from 'react';
import { DeleteMaterial } from '../../actions/delete-material';
import { listMaterials } from '../../kms/rotation';
import { Info } from '../../parts/info';
import { Refused } from '../../parts/refused';
import { go, importAddress } from '../../routes';
import { words } from '../../words';
import { useCall, useQuery } from '../../world/context';
import { MATERIAL_COLUMNS } from './materials-config';

const { material } = words;

const PAGE = 10;

export function Materials({ keyId }: { keyId: string }) {
  const call = useCall();
  const { value = [], loading, refusal } = useQuery(useCallback(() => listMaterials(call, keyId), [call, keyId]));
  const [deleting, setDeleting] = useState(false);
  const { items, collectionProps, paginationProps } = useCollection(value, {
    pagination: { pageSize: PAGE },
    selection: { trackBy: 'KeyMaterialId' },
  });
  // A selection outlives the rows it was made of.
  const chosen = collectionProps.selectedItems?.find(({ KeyMaterialId }) => value.some((other) => other.KeyMaterialId === KeyMaterialId));
  const id = chosen?.KeyMaterialId;
  const buttons = (
    <SpaceBetween direction="horizontal" size="xs">
      <Button disabled={id === undefined} onClick={() => setDeleting(true)}>
        {material.delete}
      </Button>
      <Button disabled={id === undefined} onClick={() => go(importAddress(keyId, id))}>
        {material.importAgain}
      </Button>
    </SpaceBetween>
  );
  return (
    <>
      <Table
        {...collectionProps}
        items={items}
        columnDefinitions={MATERIAL_COLUMNS}
        selectionType="single"
        wrapLines
        loading={loading}
        loadingText={words.loading}
        ariaLabels={material.labels}
        header={
          <Header variant="h2" info={<Info topic="material" />} counter={`(${value.length})`} description={material.list.text} actions={buttons}>
            {material.list.title}
          </Header>
        }
        pagination={<Pagination {...paginationProps} />}
        empty={refusal ? <Refused refusal={refusal} /> : <Box textAlign="center">{material.list.empty}</Box>}
      />
      {deleting && id !== undefined && <DeleteMaterial keyId={keyId} materialId={id} onDone={() => setDeleting(false)} />}
    </>
  );
}
