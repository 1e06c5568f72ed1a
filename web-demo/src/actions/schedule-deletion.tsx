// The question before a deletion: how long to wait, and whether it is meant.
import Alert from '@cloudscape-design/components/alert';
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { Confirm } from '../parts/confirm';
import { words } from '../words';
import { WAITING_PERIOD } from './actions-config';

interface Props {
  count: number;
  busy: boolean;
  onDismiss(): void;
  onConfirm(days: number): void;
}

export function ScheduleDeletion({ count, busy, onDismiss, onConfirm }: Props) {
  const [days, setDays] = useState(String(WAITING_PERIOD.usual));
  const [meant, setMeant] = useState(false);
  const { title, action, warning, period, limits, confirm } = words.deletion;
  return (
    <Confirm
      title={title(count)}
      action={action}
      visible
      busy={busy}
      disabled={!meant || !/^\d+$/.test(days)}
      onDismiss={onDismiss}
      onConfirm={() => onConfirm(Number(days))}
    >
      <SpaceBetween size="m">
        <Alert type="warning">{warning}</Alert>
        <FormField label={period} constraintText={limits(WAITING_PERIOD.least, WAITING_PERIOD.most)}>
          <Input type="number" inputMode="numeric" value={days} onChange={({ detail }) => setDays(detail.value)} />
        </FormField>
        <Checkbox checked={meant} onChange={({ detail }) => setMeant(detail.checked)}>
          {confirm(count, days)}
        </Checkbox>
      </SpaceBetween>
    </Confirm>
  );
}
