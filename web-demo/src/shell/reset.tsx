// Throwing the world away, after a question.
import Alert from '@cloudscape-design/components/alert';
import { Confirm } from '../parts/confirm';
import { KEYS, go } from '../routes';
import { words } from '../words';
import { useClient } from '../world/context';
import { useForgetDrafts } from './drafts';
import { useAct } from './notifications';

export function ResetModal({ onDismiss }: { onDismiss: () => void }) {
  const client = useClient();
  const forgetDrafts = useForgetDrafts();
  const { act, busy, refused } = useAct();
  const reset = () =>
    act(
      async () => {
        await client.reset();
        forgetDrafts();
        // What the page shows may be gone.
        go(KEYS);
        onDismiss();
      },
      () => words.reset.done,
    );
  return (
    <Confirm title={words.reset.title} action={words.reset.action} busy={busy} refused={refused} onDismiss={onDismiss} onConfirm={() => void reset()}>
      <Alert type="warning">{words.reset.warning}</Alert>
    </Confirm>
  );
}
