// The backups of a cluster: another cluster can be made of each.
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import type { TableProps } from '@cloudscape-design/components/table';
import { useState } from 'react';
import type { Backup } from '../../kms/stores-setup';
import { Confirm } from '../../parts/confirm';
import { dateTime } from '../../parts/instants';
import { TitledTable } from '../../parts/titled-table';
import { clusterAddress, go } from '../../routes';
import { useOwner } from '../../shell/owner';
import { words } from '../../words';
import type { PartProps } from './panel';

const { backups: text, creating } = words.clusters;

export function Backups({ cluster: { cluster, backups }, busy, act }: PartProps) {
  const [restoring, setRestoring] = useState<string>();
  const columns: TableProps.ColumnDefinition<Backup>[] = [
    { id: 'id', header: text.id, cell: ({ backup }) => <span className="wrap">{backup}</span>, isRowHeader: true, minWidth: 160 },
    { id: 'created', header: text.created, cell: ({ created }) => dateTime(created), minWidth: 150 },
    { id: 'keys', header: text.keys, cell: ({ keyCount }) => keyCount },
    {
      id: 'restore',
      header: words.managers.act,
      cell: ({ backup }) => (
        <Button variant="inline-link" ariaLabel={text.restoreLabel(backup)} onClick={() => setRestoring(backup)}>
          {text.restore}
        </Button>
      ),
    },
  ];
  return (
    <>
      <TitledTable
        title={text.title}
        about={{
          actions: (
            <Button disabled={busy} onClick={() => void act({ do: 'backUp' }, text.made)}>
              {text.backUp}
            </Button>
          ),
        }}
        items={backups}
        columnDefinitions={columns}
        trackBy="backup"
        empty={text.empty}
      />
      {restoring !== undefined && <Restore of={cluster} backup={restoring} onDone={() => setRestoring(undefined)} />}
    </>
  );
}

function Restore({ of, backup, onDone }: { of: string; backup: string; onDone: () => void }) {
  const { onCluster, busy, refused } = useOwner();
  const [id, setId] = useState('cluster-3bc4defghij');
  const restore = async () => {
    const cluster = id.trim();
    if (!(await onCluster(of, { do: 'restore', backup, cluster }, text.restored(cluster)))) return;
    onDone();
    go(clusterAddress(cluster));
  };
  return (
    <Confirm
      title={text.restoreLabel(backup)}
      action={text.restore}
      busy={busy}
      disabled={id.trim() === ''}
      refused={refused}
      onDismiss={onDone}
      onConfirm={() => void restore()}
    >
      <FormField label={creating.id} description={creating.idText} stretch>
        <Input value={id} spellcheck={false} onChange={({ detail }) => setId(detail.value)} />
      </FormField>
    </Confirm>
  );
}
