// Managed policies that the world's owner has registered; those of AWS that KMS needs are there anyway.
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import type { TableProps } from '@cloudscape-design/components/table';
import { useState } from 'react';
import { entriesOf, textOf, type Directory, type PolicyDocument } from '../../kms/directory';
import { accountOf, partitionOf } from '../../kms/places-config';
import { Code } from '../../parts/code';
import { Confirm } from '../../parts/confirm';
import { FIRST_POLICY } from '../../parts/policies-editor';
import { PolicyEditor } from '../../parts/policy-editor';
import { words } from '../../words';
import { usePlace } from '../../world/context';
import { EntryTable, type Entry } from './entry-table';
import { useRegister } from './register';

const { directory } = words;
const { fields } = directory;

const COLUMNS: TableProps.ColumnDefinition<Entry<PolicyDocument>>[] = [
  { id: 'arn', header: directory.columns.arn, cell: ({ name }) => <span className="wrap">{name}</span>, isRowHeader: true, minWidth: 240 },
  {
    id: 'document',
    header: directory.columns.document,
    cell: ({ name, entry }) => <Code label={directory.documentOf(name)} text={textOf(entry)} />,
    minWidth: 260,
  },
];

export function ManagedPolicies({ known, loading }: { known: Directory; loading: boolean }) {
  return (
    <EntryTable
      {...directory.kinds.policy}
      create={directory.create.policy}
      columns={COLUMNS}
      entries={entriesOf(known.policies).map(([name, entry]) => ({ name, entry }))}
      loading={loading}
      removal={(name) => ({ policies: { [name]: null } })}
      editor={(edited, onDone) => <EditPolicy edited={edited} onDone={onDone} />}
    />
  );
}

function EditPolicy({ edited, onDone }: { edited: Entry<PolicyDocument> | undefined; onDone: () => void }) {
  const { region, caller } = usePlace();
  const { register, busy, refused } = useRegister();
  const [arn, setArn] = useState(edited?.name ?? `arn:${partitionOf(region)}:iam::${accountOf(caller)}:policy/`);
  const [text, setText] = useState(edited ? textOf(edited.entry) : FIRST_POLICY);
  const save = async () => {
    if (await register({ policies: { [arn.trim()]: text } }, directory.saved(arn.trim()))) onDone();
  };
  return (
    <Confirm
      title={edited ? directory.edit.policy : directory.create.policy}
      action={words.save}
      size="large"
      busy={busy}
      disabled={arn.trim() === ''}
      refused={refused}
      onDismiss={onDone}
      onConfirm={() => void save()}
    >
      <FormField label={fields.policyArn} stretch>
        <Input value={arn} disabled={edited !== undefined} spellcheck={false} onChange={({ detail }) => setArn(detail.value)} />
      </FormField>
      <FormField label={directory.columns.document} stretch>
        <PolicyEditor label={directory.columns.document} kind="identity" value={text} onChange={setText} />
      </FormField>
    </Confirm>
  );
}
