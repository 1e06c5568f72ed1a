// A user, a group or a role: its name, its policies, and what else IAM knows of it.
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import type { Principal } from '../../kms/directory';
import { accountOf } from '../../kms/places-config';
import { Confirm } from '../../parts/confirm';
import { Group } from '../../parts/group';
import { PairsEditor } from '../../parts/pairs-editor';
import { PolicyEditor } from '../../parts/policy-editor';
import { TextList } from '../../parts/text-list';
import { words } from '../../words';
import { usePlace } from '../../world/context';
import type { Entry } from './entry-table';
import { InlinePolicies } from './inline-policies';
import { arnOf, draftOf, newDraft, registrationOf, type Draft, type Kind } from './principal-draft';
import { useRegister } from './register';

const { directory } = words;
const { fields } = directory;

interface Props {
  kind: Kind;
  edited: Entry<Principal> | undefined;
  onDone(): void;
}

/** What a principal has several names of. */
const LISTS: readonly List[] = [
  {
    member: 'managed',
    kinds: ['user', 'group', 'role'],
    title: fields.managed,
    text: fields.managedText,
    label: fields.policyArn,
    placeholder: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
    add: fields.addManaged,
    empty: fields.noManaged,
  },
  {
    member: 'groups',
    kinds: ['user'],
    title: fields.groups,
    label: fields.groupName,
    placeholder: 'dev',
    add: fields.addGroup,
    empty: fields.noGroups,
  },
];

interface List {
  member: 'managed' | 'groups';
  kinds: readonly Kind[];
  title: string;
  text?: string;
  label: string;
  placeholder: string;
  add: string;
  empty: string;
}

export function EditPrincipal({ kind, edited, onDone }: Props) {
  const { region, caller } = usePlace();
  const { register, busy, refused } = useRegister();
  const [draft, setDraft] = useState(() => (edited ? draftOf(kind, edited.name, edited.entry) : newDraft(kind, accountOf(caller))));
  const onChange = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const save = async () => {
    if (await register(registrationOf(draft, region, edited), directory.saved(arnOf(draft, region)))) onDone();
  };
  return (
    <Confirm
      title={edited ? directory.edit[kind] : directory.create[kind]}
      action={words.save}
      size="large"
      busy={busy}
      disabled={draft.name.trim() === '' || draft.account.trim() === ''}
      refused={refused}
      onDismiss={onDone}
      onConfirm={() => void save()}
    >
      {!edited && <Naming draft={draft} onChange={onChange} />}
      <InlinePolicies policies={draft.policies} onChange={(policies) => onChange({ policies })} />
      {LISTS.filter(({ kinds }) => kinds.includes(kind)).map(({ member, title, text, ...said }) => (
        <Group key={member} title={title} {...(text === undefined ? {} : { text })}>
          <TextList {...said} values={draft[member]} onChange={(texts) => onChange({ [member]: texts })} />
        </Group>
      ))}
      {kind !== 'group' && <Identity draft={draft} onChange={onChange} />}
      {kind === 'role' && (
        <FormField label={words.optional(fields.trust)} description={fields.trustText} stretch>
          <PolicyEditor label={fields.trust} kind="trust" value={draft.trust} onChange={(trust) => onChange({ trust })} />
        </FormField>
      )}
      {kind === 'role' && (
        <FormField label={words.optional(fields.maxSession)} description={fields.maxSessionText}>
          <Input type="number" inputMode="numeric" value={draft.maxSession} onChange={({ detail }) => onChange({ maxSession: detail.value })} />
        </FormField>
      )}
    </Confirm>
  );
}

interface PartProps {
  draft: Draft;
  onChange(change: Partial<Draft>): void;
}

function Naming({ draft, onChange }: PartProps) {
  return (
    <>
      <FormField label={fields.account} stretch>
        <Input value={draft.account} inputMode="numeric" onChange={({ detail }) => onChange({ account: detail.value })} />
      </FormField>
      <FormField label={fields.name} stretch>
        <Input value={draft.name} spellcheck={false} onChange={({ detail }) => onChange({ name: detail.value })} />
      </FormField>
      <FormField label={fields.path} description={fields.pathText} stretch>
        <Input value={draft.path} spellcheck={false} onChange={({ detail }) => onChange({ path: detail.value })} />
      </FormField>
    </>
  );
}

/** What users and roles have, and groups have not. */
function Identity({ draft, onChange }: PartProps) {
  return (
    <>
      <FormField label={words.optional(fields.boundary)} description={fields.boundaryText} stretch>
        <Input
          value={draft.boundary}
          placeholder="arn:aws:iam::111122223333:policy/Boundary"
          spellcheck={false}
          onChange={({ detail }) => onChange({ boundary: detail.value })}
        />
      </FormField>
      <Group title={words.tags.title}>
        <PairsEditor pairs={draft.tags} add={words.who.acting.addTag} empty={fields.noTags} onChange={(tags) => onChange({ tags })} />
      </Group>
    </>
  );
}
