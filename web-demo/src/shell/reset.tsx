// Throwing the world away, after a question.
import Alert from '@cloudscape-design/components/alert';
import { Confirm } from '../parts/confirm';
import { KEYS, go } from '../routes';
import { words } from '../words';
import { useClient } from '../world/context';
import { useAct } from './notifications';

export function ResetModal({ visible, onDismiss }: { visible: boolean; onDismiss: () => void }) {
  const client = useClient();
  const { act, busy } = useAct();
  const reset = async () => {
    await act(() => client.reset(), () => words.reset.done);
    onDismiss();
    go(KEYS);
  };
  return (
    <Confirm title={words.reset.title} action={words.reset.action} visible={visible} busy={busy} onDismiss={onDismiss} onConfirm={() => void reset()}>
      <Alert type="warning">{words.reset.warning}</Alert>
    </Confirm>
  );
}
