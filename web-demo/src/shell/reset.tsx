// Throwing the world away, after a question.
import Alert from '@cloudscape-design/components/alert';
import { Confirm } from '../parts/confirm';
import { KEYS, go } from '../routes';
import { words } from '../words';
import { useClient } from '../world/context';
import { useForgetDrafts } from './drafts';
import { useAct } from './notifications';
import { useVisiting } from './visiting/visiting';

export function ResetModal({ onDismiss }: { onDismiss: () => void }) {
  const client = useClient();
  const forgetDrafts = useForgetDrafts();
  const { act, busy, refused } = useAct();
  const visiting = useVisiting();
  const text = visiting ? words.visiting.reset : words.reset;
  const done = visiting ? words.visiting.done : words.reset.done;
  const reset = () =>
    act(
      async () => {
        await client.reset();
        forgetDrafts();
        // What the page shows may be gone.
        go(KEYS);
        onDismiss();
      },
      () => done,
    );
  return (
    <Confirm title={text.title} action={text.action} busy={busy} refused={refused} onDismiss={onDismiss} onConfirm={() => void reset()}>
      <Alert type="warning">{text.warning}</Alert>
    </Confirm>
  );
}
