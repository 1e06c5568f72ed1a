// Organizations, and the tree of the one that is selected.
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import { useState } from 'react';
import { entriesOf, type Directory, type Organization } from '../../kms/directory';
import { accountsIn } from '../../kms/identities';
import { Confirm } from '../../parts/confirm';
import { words } from '../../words';
import { EntryTable, type Entry } from './entry-table';
import { OrganizationTree } from './organization-tree';
import { useRegister } from './register';

const { directory } = words;
const { fields, columns } = directory;

const COLUMNS: TableProps.ColumnDefinition<Entry<Organization>>[] = [
  { id: 'id', header: columns.id, cell: ({ name }) => <span className="wrap">{name}</span>, isRowHeader: true },
  { id: 'management', header: columns.management, cell: ({ entry }) => entry.managementAccount },
  { id: 'accounts', header: columns.accounts, cell: ({ entry }) => new Set(accountsIn(entry)).size },
];

export function Organizations({ known, loading }: { known: Directory; loading: boolean }) {
  const entries = entriesOf(known.organizations).map(([name, entry]) => ({ name, entry }));
  const [name, setName] = useState<string>();
  const shown = entries.find((entry) => entry.name === name) ?? (entries.length === 1 ? entries[0] : undefined);
  return (
    <SpaceBetween size="l">
      <EntryTable
        {...directory.kinds.organization}
        create={directory.create.organization}
        columns={COLUMNS}
        entries={entries}
        loading={loading}
        removal={(name) => ({ organizations: { [name]: null } })}
        editor={(edited, onDone) => <EditOrganization edited={edited} onDone={onDone} />}
        onSelect={setName}
      />
      {shown && <OrganizationTree key={shown.name} id={shown.name} organization={shown.entry} />}
    </SpaceBetween>
  );
}

function EditOrganization({ edited, onDone }: { edited: Entry<Organization> | undefined; onDone: () => void }) {
  const { register, busy, refused } = useRegister();
  const [id, setId] = useState(edited?.name ?? 'o-exampleorgid');
  const [management, setManagement] = useState(edited?.entry.managementAccount ?? '');
  const save = async () => {
    const entry: Organization = { ...edited?.entry, managementAccount: management.trim() };
    if (await register({ organizations: { [id.trim()]: entry } }, directory.saved(id.trim()))) onDone();
  };
  return (
    <Confirm
      title={edited ? directory.edit.organization : directory.create.organization}
      action={words.save}
      busy={busy}
      disabled={id.trim() === '' || management.trim() === ''}
      refused={refused}
      onDismiss={onDone}
      onConfirm={() => void save()}
    >
      <FormField label={columns.id} stretch>
        <Input value={id} disabled={edited !== undefined} spellcheck={false} onChange={({ detail }) => setId(detail.value)} />
      </FormField>
      <FormField label={columns.management} description={fields.managementText} stretch>
        <Input value={management} placeholder="999988887777" inputMode="numeric" onChange={({ detail }) => setManagement(detail.value)} />
      </FormField>
    </Confirm>
  );
}
