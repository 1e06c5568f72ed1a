// Step 1: the wrapping key spec and the wrapping algorithm.
import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { WRAPPING_SPECS, wrappingAlgorithms } from '../../kms/wrapping-config';
import { Refused } from '../../parts/refused';
import { Section } from '../../parts/section';
import { words } from '../../words';
import { usePlace } from '../../world/context';
import type { WrappingAlgorithm, WrappingKeySpec } from '../../world/operations';
import type { Refusal } from '../../world/refusal';
import type { StepProps } from './draft';

const { wrapping } = words.importing;

export function Wrapping({ metadata, draft, refused, onChange }: StepProps & { refused: Refusal | undefined }) {
  const { region } = usePlace();
  const algorithms = wrappingAlgorithms(metadata.KeySpec, region);
  if (algorithms.length === 0) return <Alert type="info">{wrapping.none}</Alert>;
  return (
    <Section title={wrapping.title}>
      <SpaceBetween size="l">
        <FormField label={wrapping.spec} stretch>
          <RadioGroup
            value={draft.spec}
            items={WRAPPING_SPECS.map((spec) => ({ value: spec, label: spec }))}
            onChange={({ detail }) => onChange({ spec: detail.value as WrappingKeySpec })}
          />
        </FormField>
        <FormField label={wrapping.algorithm} stretch>
          <RadioGroup
            value={draft.algorithm ?? null}
            items={algorithms.map((name) => ({ value: name, label: name, description: wrapping.algorithms[name] }))}
            onChange={({ detail }) => onChange({ algorithm: detail.value as WrappingAlgorithm })}
          />
        </FormField>
        <Refused refusal={refused} />
      </SpaceBetween>
    </Section>
  );
}
