// The question before imported key material is deleted.
import Alert from '@cloudscape-design/components/alert';
import { Confirm } from '../parts/confirm';
import { useAct } from '../shell/notifications';
import { words } from '../words';

const { material } = words;

interface Props {
  keyId: string;
  /** Which of several; without it, the current one. */
  materialId?: string;
  onDone(): void;
}

export function DeleteMaterial({ keyId: KeyId, materialId, onDone }: Props) {
  const { act, busy, refused } = useAct();
  const remove = () =>
    act(
      async (call) => {
        await call('DeleteImportedKeyMaterial', { KeyId, ...(materialId === undefined ? {} : { KeyMaterialId: materialId }) });
        onDone();
      },
      () => material.deleting.done,
    );
  return (
    <Confirm
      title={material.deleting.title}
      action={material.delete}
      busy={busy}
      refused={refused}
      onDismiss={onDone}
      onConfirm={() => void remove()}
    >
      <Alert type="warning">{material.deleting.warning}</Alert>
      {materialId && <span className="wrap">{materialId}</span>}
    </Confirm>
  );
}
