// Step 1: the wrapping key spec and the wrapping algorithm.
import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { wrappingAlgorithms, wrappingSpecs } from '../../kms/wrapping-config';
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
  const specs = wrappingSpecs(metadata.KeySpec, region);
  const algorithms = wrappingAlgorithms(metadata.KeySpec, region, draft.spec);
  const choose = (spec: WrappingKeySpec) => {
    const possible = wrappingAlgorithms(metadata.KeySpec, region, spec);
    onChange({ spec, algorithm: possible.find((name) => name === draft.algorithm) ?? possible[0] });
  };
  if (specs.length === 0) return <Alert type="info">{wrapping.none}</Alert>;
  return (
    <Section title={wrapping.title}>
      <SpaceBetween size="l">
        <FormField label={wrapping.spec} stretch>
          <RadioGroup
            value={draft.spec ?? null}
            items={specs.map((spec) => ({ value: spec, label: spec }))}
            onChange={({ detail }) => choose(detail.value as WrappingKeySpec)}
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
