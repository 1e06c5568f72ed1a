// Automatic rotation switched on or off, or given another period.
import Toggle from '@cloudscape-design/components/toggle';
import { useState } from 'react';
import { PERIOD, isPeriod } from '../../kms/rotation';
import { Confirm } from '../../parts/confirm';
import { PeriodField } from '../../parts/period-field';
import { useAct } from '../../shell/notifications';
import { words } from '../../words';
import type { Output } from '../../world/operations';

const { automatic } = words.rotation;

interface Props {
  keyId: string;
  status: Output<'GetKeyRotationStatus'>;
  onDone(): void;
}

export function EditRotation({ keyId: KeyId, status, onDone }: Props) {
  const { act, busy, refused } = useAct();
  const [on, setOn] = useState(status.KeyRotationEnabled);
  const [days, setDays] = useState(String(status.RotationPeriodInDays ?? PERIOD.usual));
  const save = () =>
    act(
      async (call) => {
        if (on) await call('EnableKeyRotation', { KeyId, RotationPeriodInDays: Number(days) });
        else await call('DisableKeyRotation', { KeyId });
        onDone();
      },
      () => (on ? automatic.enabled(days) : automatic.disabled),
    );
  return (
    <Confirm
      title={automatic.title}
      action={words.save}
      busy={busy}
      disabled={on && !isPeriod(days)}
      refused={refused}
      onDismiss={onDone}
      onConfirm={() => void save()}
    >
      <Toggle checked={on} onChange={({ detail }) => setOn(detail.checked)}>
        {automatic.toggle}
      </Toggle>
      {on && <PeriodField days={days} onChange={setDays} />}
    </Confirm>
  );
}
