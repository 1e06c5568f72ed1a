// One more administrator, user or account in a key policy.
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { isAccount, isPrincipal } from '../../../kms/places-config';
import { Confirm } from '../../../parts/confirm';
import { PrincipalInput } from '../../../parts/principal-input';
import { words } from '../../../words';
import type { NamedKind } from './named-table';
import { usePutPolicy } from './put';

const { permissions } = words.create;

interface Props {
  kind: NamedKind;
  keyId: string;
  names: readonly string[];
  written(names: string[]): string;
  onDone(): void;
}

export function AddNamed({ kind, keyId, names, written, onDone }: Props) {
  const { put, busy, refused } = usePutPolicy(keyId);
  const [typed, setTyped] = useState('');
  const name = typed.trim();
  const { add, label, placeholder } = permissions[kind];
  const fault = faultOf(kind, name, names);
  const save = async () => {
    if (await put(written([...names, name]))) onDone();
  };
  return (
    <Confirm
      title={add}
      action={add}
      busy={busy}
      disabled={name === '' || fault !== undefined}
      refused={refused}
      onDismiss={onDone}
      onConfirm={() => void save()}
    >
      <FormField label={label} errorText={name !== '' && fault} stretch>
        {kind === 'accounts' ? (
          <Input value={typed} inputMode="numeric" placeholder={placeholder} onChange={({ detail }) => setTyped(detail.value)} />
        ) : (
          <PrincipalInput label={label} value={typed} onChange={setTyped} />
        )}
      </FormField>
    </Confirm>
  );
}

function faultOf(kind: NamedKind, name: string, names: readonly string[]): string | undefined {
  if (names.includes(name)) return words.policy.views.alreadyNamed;
  if (kind === 'accounts') return isAccount(name) ? undefined : permissions.notAccount;
  return isPrincipal(name) ? undefined : permissions.notPrincipal;
}
