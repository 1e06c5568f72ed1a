// The question before an entry is deleted.
import type { Directory } from '../../kms/directory';
import { Confirm } from '../../parts/confirm';
import { words } from '../../words';
import { useRegister } from './register';

const { deleting } = words.directory;

export function DeleteEntry({ name, removal, onDone }: { name: string; removal: Directory; onDone: () => void }) {
  const { register, busy, refused } = useRegister();
  const remove = async () => {
    if (await register(removal, deleting.done(name))) onDone();
  };
  return (
    <Confirm
      title={deleting.title}
      action={words.directory.delete}
      busy={busy}
      refused={refused}
      onDismiss={onDone}
      onConfirm={() => void remove()}
    >
      <span className="wrap">{deleting.text(name)}</span>
    </Confirm>
  );
}
