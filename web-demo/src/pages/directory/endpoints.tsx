// VPC endpoints: whose they are, and the policy that has a say in what comes through them.
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import type { TableProps } from '@cloudscape-design/components/table';
import { useState } from 'react';
import { entriesOf, textOf, type Directory, type Endpoint } from '../../kms/directory';
import { Code } from '../../parts/code';
import { Confirm } from '../../parts/confirm';
import { PolicyEditor } from '../../parts/policy-editor';
import { words } from '../../words';
import { EntryTable, type Entry } from './entry-table';
import { useRegister } from './register';

const { directory } = words;
const { fields, columns } = directory;

const COLUMNS: TableProps.ColumnDefinition<Entry<Endpoint>>[] = [
  { id: 'id', header: columns.id, cell: ({ name }) => <span className="wrap">{name}</span>, isRowHeader: true, minWidth: 200 },
  { id: 'vpc', header: columns.vpc, cell: ({ entry }) => entry.vpc ?? words.none },
  { id: 'owner', header: columns.owner, cell: ({ entry }) => entry.owner ?? words.none },
  {
    id: 'document',
    header: columns.document,
    cell: ({ name, entry }) => (entry.policy ? <Code label={directory.documentOf(name)} text={textOf(entry.policy)} /> : fields.fullAccess),
    minWidth: 260,
  },
];

export function Endpoints({ known, loading }: { known: Directory; loading: boolean }) {
  return (
    <EntryTable
      {...directory.kinds.endpoint}
      create={directory.create.endpoint}
      columns={COLUMNS}
      entries={entriesOf(known.vpcEndpoints).map(([name, entry]) => ({ name, entry }))}
      loading={loading}
      removal={(name) => ({ vpcEndpoints: { [name]: null } })}
      editor={(edited, onDone) => <EditEndpoint edited={edited} onDone={onDone} />}
    />
  );
}

function EditEndpoint({ edited, onDone }: { edited: Entry<Endpoint> | undefined; onDone: () => void }) {
  const { register, busy, refused } = useRegister();
  const [id, setId] = useState(edited?.name ?? '');
  const [vpc, setVpc] = useState(edited?.entry.vpc ?? '');
  const [owner, setOwner] = useState(edited?.entry.owner ?? '');
  const [text, setText] = useState(textOf(edited?.entry.policy));
  const save = async () => {
    const entry: Endpoint = {
      ...(vpc.trim() === '' ? {} : { vpc: vpc.trim() }),
      ...(owner.trim() === '' ? {} : { owner: owner.trim() }),
      ...(text.trim() === '' ? {} : { policy: text }),
    };
    if (await register({ vpcEndpoints: { [id.trim()]: entry } }, directory.saved(id.trim()))) onDone();
  };
  return (
    <Confirm
      title={edited ? directory.edit.endpoint : directory.create.endpoint}
      action={words.save}
      size="large"
      busy={busy}
      disabled={id.trim() === ''}
      refused={refused}
      onDismiss={onDone}
      onConfirm={() => void save()}
    >
      <FormField label={columns.id} stretch>
        <Input
          value={id}
          disabled={edited !== undefined}
          placeholder="vpce-0123456789abcdef0"
          spellcheck={false}
          onChange={({ detail }) => setId(detail.value)}
        />
      </FormField>
      <FormField label={words.optional(columns.vpc)} stretch>
        <Input value={vpc} placeholder="vpc-0123456789abcdef0" spellcheck={false} onChange={({ detail }) => setVpc(detail.value)} />
      </FormField>
      <FormField label={words.optional(columns.owner)} stretch>
        <Input value={owner} placeholder="111122223333" inputMode="numeric" onChange={({ detail }) => setOwner(detail.value)} />
      </FormField>
      <FormField label={words.optional(columns.document)} description={fields.endpointPolicyText} stretch>
        <PolicyEditor label={columns.document} kind="endpoint" value={text} onChange={setText} />
      </FormField>
    </Confirm>
  );
}
