// More administrators, users or accounts in a key policy.
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { isAccount, isPrincipal } from '../../../kms/places-config';
import { Confirm } from '../../../parts/confirm';
import { PrincipalPicker } from '../../../parts/principal-picker';
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
  const [added, setAdded] = useState<readonly string[]>([]);
  const { title, add, label, placeholder } = permissions[kind];
  const wanted = added.map((name) => name.trim()).filter(Boolean);
  const faultOf = (name: string) => (name.trim() === '' ? undefined : faultIn(kind, name.trim(), names));
  const save = async () => {
    if (await put(written([...names, ...new Set(wanted)]))) onDone();
  };
  return (
    <Confirm
      title={add}
      action={add}
      size={kind === 'accounts' ? 'medium' : 'large'}
      busy={busy}
      disabled={wanted.length === 0 || wanted.some(faultOf)}
      refused={refused}
      onDismiss={onDone}
      onConfirm={() => void save()}
    >
      {kind === 'accounts' ? (
        <FormField label={label} errorText={faultOf(added[0] ?? '')} stretch>
          <Input value={added[0] ?? ''} inputMode="numeric" placeholder={placeholder} onChange={({ detail }) => setAdded([detail.value])} />
        </FormField>
      ) : (
        <PrincipalPicker
          {...{ title, label, placeholder }}
          add={words.picker.addOther}
          values={added}
          without={names}
          faultOf={faultOf}
          onChange={setAdded}
        />
      )}
    </Confirm>
  );
}

function faultIn(kind: NamedKind, name: string, names: readonly string[]): string | undefined {
  if (names.includes(name)) return words.policy.views.alreadyNamed;
  if (kind === 'accounts') return isAccount(name) ? undefined : permissions.notAccount;
  return isPrincipal(name) ? undefined : permissions.notPrincipal;
}
