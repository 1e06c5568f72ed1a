// Step 1: key type, key usage and key spec, and the advanced options.
import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tiles from '@cloudscape-design/components/tiles';
import { KEY_TYPES, specsOf, usagesOf, type KeyType } from '../../kms/specs-config';
import { Info } from '../../parts/info';
import { Section } from '../../parts/section';
import { words } from '../../words';
import type { KeySpec, KeyUsage } from '../../world/operations';
import { Advanced } from './advanced';
import { withType, withUsage, type StepProps } from './draft';

const { configure } = words.create;

export function Configure(step: StepProps & { originError: string | undefined }) {
  return (
    <SpaceBetween size="l">
      <Kind {...step} />
      <Advanced {...step} />
    </SpaceBetween>
  );
}

function Kind({ draft, place: { region }, onChange }: StepProps) {
  const specs = specsOf(draft.type, draft.usage, region);
  return (
    <Section title={configure.title}>
      <SpaceBetween size="l">
        <FormField label={configure.type} info={<Info topic="create.type" />} stretch>
          <Tiles
            value={draft.type}
            items={KEY_TYPES.map(({ type, label, description }) => ({ value: type, label, description }))}
            onChange={({ detail }) => onChange(withType(draft, detail.value as KeyType, region))}
          />
        </FormField>
        <FormField label={configure.usage} info={<Info topic="create.usage" />} stretch>
          <RadioGroup
            value={draft.usage}
            items={usagesOf(draft.type, region).map(({ usage, label, description }) => ({ value: usage, label, description }))}
            onChange={({ detail }) => onChange(withUsage(draft, detail.value as KeyUsage, region))}
          />
        </FormField>
        <FormField label={configure.spec} info={<Info topic="create.spec" />} description={configure.specText}>
          <RadioGroup
            value={draft.spec}
            items={specs.map((spec) => ({ value: spec, label: spec }))}
            onChange={({ detail }) => onChange({ spec: detail.value as KeySpec })}
          />
        </FormField>
      </SpaceBetween>
    </Section>
  );
}
