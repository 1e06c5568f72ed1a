// The question before a deletion: how long to wait, and whether it is meant.
import Alert from '@cloudscape-design/components/alert';
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { Confirm } from '../parts/confirm';
import { useAct } from '../shell/notifications';
import { words } from '../words';
import { WAITING_PERIOD, isWaitingPeriod } from './actions-config';

const { title, action, warning, period, limits, confirm } = words.deletion;

export function ScheduleDeletion({ keys, onDone }: { keys: readonly string[]; onDone: () => void }) {
  const { act, busy, refused } = useAct();
  // What is done counts no longer, and the table may have gone on: the question stays about these keys.
  const [asked] = useState(keys);
  const [days, setDays] = useState(String(WAITING_PERIOD.usual));
  const [meant, setMeant] = useState(false);
  const valid = isWaitingPeriod(days);
  const bounds = limits(WAITING_PERIOD.least, WAITING_PERIOD.most);

  const schedule = () =>
    act(
      async (call) => {
        for (const KeyId of asked) await call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: Number(days) });
        onDone();
      },
      () => words.actions.scheduled(asked.length),
    );

  return (
    <Confirm
      title={title(asked.length)}
      action={action}
      busy={busy}
      disabled={!meant || !valid}
      refused={refused}
      onDismiss={onDone}
      onConfirm={() => void schedule()}
    >
      <Alert type="warning">{warning}</Alert>
      <FormField label={period} constraintText={valid && bounds} errorText={!valid && bounds}>
        <Input type="number" inputMode="numeric" value={days} onChange={({ detail }) => setDays(detail.value)} />
      </FormField>
      <Checkbox checked={meant} onChange={({ detail }) => setMeant(detail.checked)}>
        {confirm(asked.length, days)}
      </Checkbox>
    </Confirm>
  );
}
