// The question before a cluster is deleted. Its backups stay, and with them its name.
import { Confirm } from '../../parts/confirm';
import { useOwner } from '../../shell/owner';
import { words } from '../../words';

const { deleting } = words.clusters;

export function DeleteCluster({ id, onDone }: { id: string; onDone: () => void }) {
  const { onCluster, busy, refused } = useOwner();
  const remove = async () => {
    if (await onCluster(id, { do: 'delete' }, words.clusters.done)) onDone();
  };
  return (
    <Confirm title={deleting.title} action={words.clusters.delete} busy={busy} refused={refused} onDismiss={onDone} onConfirm={() => void remove()}>
      <span className="wrap">{deleting.text(id)}</span>
    </Confirm>
  );
}
