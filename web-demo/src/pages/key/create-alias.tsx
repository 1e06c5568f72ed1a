// A new alias for the key.
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { aliasName } from '../../kms/alias';
import { Confirm } from '../../parts/confirm';
import { useAct } from '../../shell/notifications';
import { words } from '../../words';
import { useCall } from '../../world/context';

export function CreateAlias({ keyId, onDone }: { keyId: string; onDone: () => void }) {
  const call = useCall();
  const { act, busy } = useAct();
  const [alias, setAlias] = useState('');
  const create = async () => {
    const name = aliasName(alias);
    await act(() => call('CreateAlias', { AliasName: name, TargetKeyId: keyId }), () => words.aliases.created(name));
    onDone();
  };
  return (
    <Confirm
      title={words.aliases.create}
      action={words.aliases.create}
      visible
      busy={busy}
      disabled={alias === ''}
      onDismiss={onDone}
      onConfirm={() => void create()}
    >
      <FormField label={words.aliases.name} description={words.aliases.nameText}>
        <Input value={alias} onChange={({ detail }) => setAlias(detail.value)} />
      </FormField>
    </Confirm>
  );
}
