// Step 2: key material, made by the browser, pasted, or from a file.
import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { lengthOf } from '../../kms/wrapping';
import { Bytes } from '../../parts/bytes';
import { dateTime } from '../../parts/instants';
import { Section } from '../../parts/section';
import { words } from '../../words';
import { usePlace } from '../../world/context';
import type { Source, StepProps } from './draft';
import { Generate } from './generate';
import { Paste } from './paste';
import { Upload } from './upload';

const { material } = words.importing;

const SOURCES: readonly Source[] = ['generate', 'paste', 'upload'];

const FIELDS = { generate: Generate, paste: Paste, upload: Upload };

/** What is missing is said once the step was left. */
export function GiveMaterial({ tried, ...step }: StepProps & { tried: boolean }) {
  const { region } = usePlace();
  const { draft, metadata, onChange } = step;
  const length = lengthOf(metadata.KeySpec, region);
  const expected = length === undefined ? words.importing.privateKey(metadata.KeySpec) : words.bytes.count(length);
  const Field = FIELDS[draft.source];
  return (
    <Section title={material.title} description={material.expected(expected)}>
      <SpaceBetween size="l">
        <FormField label={material.source} stretch>
          <RadioGroup
            value={draft.source}
            items={SOURCES.map((source) => ({ value: source, label: material.sources[source].label, description: material.sources[source].text }))}
            onChange={({ detail }) => onChange({ source: detail.value as Source })}
          />
        </FormField>
        <Field {...step} missing={tried ? material.missing : undefined} />
        {draft.parameters && (
          <SpaceBetween size="xs">
            <Bytes label={material.wrappingKey} bytes={draft.parameters.PublicKey} />
            {material.validTo(dateTime(draft.parameters.ParametersValidTo))}
          </SpaceBetween>
        )}
      </SpaceBetween>
    </Section>
  );
}
