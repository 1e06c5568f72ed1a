// A new unit or account below a part of an organization.
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import type { Organization } from '../../kms/directory';
import { nextUnit, withAccount, withUnit, type PlacedPart } from '../../kms/organization';
import { Confirm } from '../../parts/confirm';
import { words } from '../../words';
import { useRegister } from './register';

const { tree, saved } = words.directory;

interface Props {
  id: string;
  organization: Organization;
  above: PlacedPart;
  kind: 'unit' | 'account';
  onDone(): void;
}

export function AddPart({ id, organization, above, kind, onDone }: Props) {
  const { register, busy, refused } = useRegister();
  const [name, setName] = useState(() => (kind === 'unit' ? nextUnit(organization) : ''));
  const add = async () => {
    const grown = (kind === 'unit' ? withUnit : withAccount)(organization, above.way, name.trim());
    if (await register({ organizations: { [id]: grown } }, saved(name.trim()))) onDone();
  };
  return (
    <Confirm
      title={kind === 'unit' ? tree.addUnit : tree.addAccount}
      action={words.save}
      busy={busy}
      disabled={name.trim() === ''}
      refused={refused}
      onDismiss={onDone}
      onConfirm={() => void add()}
    >
      <FormField label={kind === 'unit' ? tree.unitId : words.directory.fields.account} stretch>
        <Input
          value={name}
          placeholder={kind === 'unit' ? nextUnit(organization) : '111122223333'}
          spellcheck={false}
          onChange={({ detail }) => setName(detail.value)}
        />
      </FormField>
    </Confirm>
  );
}
