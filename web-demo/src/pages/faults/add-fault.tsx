// Asks for a fault. What cannot be, the world says in its own words.
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Multiselect from '@cloudscape-design/components/multiselect';
import RadioGroup from '@cloudscape-design/components/radio-group';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { FAULTS } from '../../kms/faults-config';
import { OPERATIONS } from '../../kms/operations-config';
import { ActionForm } from '../../parts/action-form';
import { useAct } from '../../shell/notifications';
import { words } from '../../words';
import { useClient } from '../../world/context';
import { FIRST_DRAFT, FIRST_NUMBERS, isNumber, isReadable, wishOf, type Draft, type Trigger } from './draft';

const { adding } = words.faults;

const KINDS = FAULTS.map(({ fault, meets }) => ({ value: fault, label: fault, description: meets }));
const OPERATION_OPTIONS = OPERATIONS.map((operation) => ({ value: operation, label: operation }));
const TRIGGERS: readonly Trigger[] = ['always', 'count', 'every', 'probability'];

export function AddFault() {
  const client = useClient();
  const { act, busy, refused } = useAct();
  const [draft, setDraft] = useState(FIRST_DRAFT);
  const onChange = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const add = () => act(() => client.addFault(wishOf(draft)), () => adding.done(draft.fault));
  return (
    <ActionForm
      title={adding.title}
      action={adding.title}
      busy={busy}
      disabled={!isReadable(draft)}
      refused={refused}
      onSubmit={() => void add()}
      result={null}
    >
      <FormField label={adding.fault} stretch>
        <Select
          selectedOption={KINDS.find(({ value }) => value === draft.fault) ?? null}
          options={KINDS}
          filteringType="auto"
          onChange={({ detail }) => onChange({ fault: detail.selectedOption.value ?? draft.fault })}
        />
      </FormField>
      <FormField label={words.optional(adding.operations)} description={adding.operationsText} stretch>
        <Multiselect
          selectedOptions={OPERATION_OPTIONS.filter(({ value }) => draft.operations.includes(value))}
          options={OPERATION_OPTIONS}
          filteringType="auto"
          placeholder={adding.chooseOperations}
          deselectAriaLabel={({ label }) => `${words.remove} ${label}`}
          onChange={({ detail }) => onChange({ operations: detail.selectedOptions.flatMap(({ value }) => (value ? [value] : [])) })}
        />
      </FormField>
      <FormField label={words.optional(adding.key)} description={adding.keyText} stretch>
        <Input value={draft.key} spellcheck={false} onChange={({ detail }) => onChange({ key: detail.value })} />
      </FormField>
      <TriggerField draft={draft} onChange={onChange} />
      <FormField label={adding.moment} stretch>
        <RadioGroup
          value={draft.moment}
          items={(['before', 'after'] as const).map((moment) => ({ value: moment, label: adding.moments[moment] }))}
          onChange={({ detail }) => onChange({ moment: detail.value as Draft['moment'] })}
        />
      </FormField>
      <NumberField label={words.optional(adding.delay)} value={draft.delay} onChange={(delay) => onChange({ delay })} />
    </ActionForm>
  );
}

function TriggerField({ draft, onChange }: { draft: Draft; onChange: (change: Partial<Draft>) => void }) {
  const { trigger, number } = draft;
  return (
    <SpaceBetween size="l">
      <FormField label={adding.trigger} stretch>
        <RadioGroup
          value={trigger}
          items={TRIGGERS.map((kind) => ({ value: kind, label: adding.triggers[kind] }))}
          onChange={({ detail }) => onChange({ trigger: detail.value as Trigger, number: FIRST_NUMBERS[detail.value as Trigger] })}
        />
      </FormField>
      {trigger !== 'always' && <NumberField label={adding.numbers[trigger]} value={number} onChange={(number) => onChange({ number })} />}
    </SpaceBetween>
  );
}

function NumberField({ label, value, onChange }: { label: string; value: string; onChange: (text: string) => void }) {
  return (
    <FormField label={label} errorText={value !== '' && !isNumber(value) && adding.notNumber}>
      <Input inputMode="decimal" value={value} onChange={({ detail }) => onChange(detail.value)} />
    </FormField>
  );
}
