// Step 3: import type, description, and whether the material expires.
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Section } from '../../parts/section';
import { words } from '../../words';
import type { ImportType } from '../../world/operations';
import { LONGEST_EXPIRY, isExpiry, type StepProps } from './draft';

const { options } = words.importing;

const TYPES: readonly ImportType[] = ['NEW_KEY_MATERIAL', 'EXISTING_KEY_MATERIAL'];

export function Options({ draft, materialId, onChange }: StepProps & { materialId: string | undefined }) {
  return (
    <Section title={options.title}>
      <SpaceBetween size="l">
        {draft.type !== undefined && (
          <FormField label={options.type} stretch>
            <RadioGroup
              value={draft.type}
              items={TYPES.map((type) => ({ value: type, label: options.types[type].label, description: options.types[type].text }))}
              onChange={({ detail }) => onChange({ type: detail.value as ImportType })}
            />
          </FormField>
        )}
        {draft.type === 'EXISTING_KEY_MATERIAL' && materialId !== undefined && (
          <FormField label={options.id} description={options.idText} stretch>
            <span className="wrap">{materialId}</span>
          </FormField>
        )}
        {draft.type !== undefined && (
          <FormField label={words.optional(options.description)} stretch>
            <Input value={draft.description} onChange={({ detail }) => onChange({ description: detail.value })} />
          </FormField>
        )}
        <FormField label={options.expiry} stretch>
          <RadioGroup
            value={draft.expires ? 'expires' : 'never'}
            items={(['never', 'expires'] as const).map((model) => ({ value: model, label: options[model].label, description: options[model].text }))}
            onChange={({ detail }) => onChange({ expires: detail.value === 'expires' })}
          />
        </FormField>
        {draft.expires && <Days days={draft.days} onChange={(days) => onChange({ days })} />}
      </SpaceBetween>
    </Section>
  );
}

function Days({ days, onChange }: { days: string; onChange: (days: string) => void }) {
  const valid = isExpiry(days);
  const bounds = options.limits(LONGEST_EXPIRY);
  return (
    <FormField label={options.days} constraintText={valid && bounds} errorText={!valid && bounds}>
      <Input type="number" inputMode="numeric" value={days} onChange={({ detail }) => onChange(detail.value)} />
    </FormField>
  );
}
