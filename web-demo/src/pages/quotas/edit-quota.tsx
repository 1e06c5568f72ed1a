// Another value of a quota, for the account in the Region. Which values there can be, the world says.
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { accountOf } from '../../kms/places-config';
import { settingOf } from '../../kms/quotas';
import { Confirm } from '../../parts/confirm';
import { useAct } from '../../shell/notifications';
import { words } from '../../words';
import { useClient, usePlace } from '../../world/context';

const { editing: text } = words.quotas;

interface Props {
  /** The name of the setting, without its scope. */
  setting: string;
  name: string;
  unit: string;
  value: string;
  onDone(): void;
}

export function EditQuota({ setting, name, unit, value, onDone }: Props) {
  const client = useClient();
  const { region, caller } = usePlace();
  const { act, busy, refused } = useAct();
  const [typed, setTyped] = useState(value);
  const number = typed.trim() === '' ? null : Number(typed);
  const readable = number === null || Number.isFinite(number);
  const save = () =>
    act(
      async () => {
        await client.set({ [settingOf(setting, accountOf(caller), region)]: number });
        onDone();
      },
      () => text.done,
    );
  return (
    <Confirm
      title={text.title(name)}
      action={words.save}
      busy={busy}
      disabled={!readable}
      refused={refused}
      onDismiss={onDone}
      onConfirm={() => void save()}
    >
      <FormField
        label={text.value}
        description={text.valueText(unit)}
        constraintText={text.restore}
        errorText={!readable && words.faults.adding.notNumber}
      >
        <Input value={typed} inputMode="decimal" onChange={({ detail }) => setTyped(detail.value)} />
      </FormField>
    </Confirm>
  );
}
