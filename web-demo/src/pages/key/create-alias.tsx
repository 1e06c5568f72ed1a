// A new alias for the key.
import FormField from '@cloudscape-design/components/form-field';
import { useState } from 'react';
import { aliasFault, aliasName } from '../../kms/alias';
import { AliasInput } from '../../parts/alias-input';
import { Confirm } from '../../parts/confirm';
import { useAct } from '../../shell/notifications';
import { words } from '../../words';

export function CreateAlias({ keyId, onDone }: { keyId: string; onDone: () => void }) {
  const { act, busy, refused } = useAct();
  const [alias, setAlias] = useState('');
  const name = aliasName(alias);
  const fault = aliasFault(alias);
  const create = () =>
    act(
      async (call) => {
        await call('CreateAlias', { AliasName: name, TargetKeyId: keyId });
        onDone();
      },
      () => words.aliases.created(name),
    );
  return (
    <Confirm
      title={words.aliases.create}
      action={words.aliases.create}
      busy={busy}
      disabled={fault !== undefined}
      refused={refused}
      onDismiss={onDone}
      onConfirm={() => void create()}
    >
      <FormField label={words.aliases.name} description={words.aliases.nameText} errorText={alias !== '' && fault}>
        <AliasInput value={alias} onChange={setAlias} />
      </FormField>
    </Confirm>
  );
}
