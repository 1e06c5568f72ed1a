// A new grant, in the fields of the console; then its token, which acts before the grant is seen everywhere.
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Multiselect from '@cloudscape-design/components/multiselect';
import { useState } from 'react';
import { grantInput, grantOperations, takesContext, type GrantDraft } from '../../../kms/grants';
import { Confirm } from '../../../parts/confirm';
import { useDryRun } from '../../../parts/dry-run';
import { valuesOf, type Pair } from '../../../parts/pairs';
import { PrincipalInput } from '../../../parts/principal-input';
import { useAct } from '../../../shell/notifications';
import { words } from '../../../words';
import type { GrantOperation, KeyMetadata } from '../../../world/operations';
import { Constraints } from './constraints';
import { GrantToken } from './grant-token';

const { creating } = words.grants;

const FIRST_DRAFT: Omit<GrantDraft, 'context'> = {
  name: '',
  grantee: '',
  retiring: '',
  operations: [],
  constraint: 'none',
  sourceArn: '',
};

export function CreateGrant({ metadata, onDone }: { metadata: KeyMetadata; onDone: () => void }) {
  const { act, busy, refused } = useAct();
  const dry = useDryRun();
  const [draft, setDraft] = useState(FIRST_DRAFT);
  const [pairs, setPairs] = useState<Pair[]>([]);
  const [token, setToken] = useState<string>();
  const onChange = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change });
  const create = async () => {
    const wish = grantInput(metadata.KeyId, { ...trimmed(draft), context: valuesOf(pairs) });
    const made = await act((call) => call('CreateGrant', { ...wish, ...dry.input }), ({ GrantId }) => words.grants.created(GrantId));
    if (made) setToken(made.GrantToken);
  };
  if (token !== undefined) return <GrantToken token={token} onDone={onDone} />;
  return (
    <Confirm
      title={words.grants.create}
      action={words.grants.create}
      size="large"
      busy={busy}
      disabled={draft.grantee.trim() === '' || draft.operations.length === 0}
      refused={refused}
      onDismiss={onDone}
      onConfirm={() => void create()}
    >
      <FormField label={words.optional(creating.name)} description={creating.nameText} stretch>
        <Input value={draft.name} spellcheck={false} onChange={({ detail }) => onChange({ name: detail.value })} />
      </FormField>
      <FormField label={creating.grantee} description={creating.granteeText} stretch>
        <PrincipalInput label={creating.grantee} value={draft.grantee} onChange={(grantee) => onChange({ grantee })} />
      </FormField>
      <FormField label={words.optional(creating.retiring)} description={creating.retiringText} stretch>
        <PrincipalInput label={creating.retiring} value={draft.retiring} onChange={(retiring) => onChange({ retiring })} />
      </FormField>
      <Operations metadata={metadata} value={draft.operations} onChange={(operations) => onChange({ operations })} />
      <Constraints
        withContext={takesContext(metadata)}
        kind={draft.constraint}
        pairs={pairs}
        sourceArn={draft.sourceArn}
        onKind={(constraint) => onChange({ constraint })}
        onPairs={setPairs}
        onSourceArn={(sourceArn) => onChange({ sourceArn })}
      />
      {dry.box}
    </Confirm>
  );
}

function trimmed<T extends { name: string; grantee: string; retiring: string; sourceArn: string }>(draft: T): T {
  const { name, grantee, retiring, sourceArn } = draft;
  return { ...draft, name: name.trim(), grantee: grantee.trim(), retiring: retiring.trim(), sourceArn: sourceArn.trim() };
}

interface OperationsProps {
  metadata: KeyMetadata;
  value: readonly GrantOperation[];
  onChange(operations: GrantOperation[]): void;
}

function Operations({ metadata, value, onChange }: OperationsProps) {
  const offered = grantOperations(metadata);
  const options = offered.map((operation) => ({ value: operation, label: operation }));
  return (
    <FormField label={creating.operations} description={creating.operationsText} stretch>
      <Multiselect
        selectedOptions={options.filter((option) => value.includes(option.value))}
        options={options}
        placeholder={creating.chooseOperations}
        deselectAriaLabel={({ label }) => `${words.remove} ${label}`}
        onChange={({ detail }) => {
          const chosen = detail.selectedOptions.map((option) => option.value);
          onChange(offered.filter((operation) => chosen.includes(operation)));
        }}
      />
    </FormField>
  );
}
