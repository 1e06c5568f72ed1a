// Step 2: alias, description and tags.
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TagEditor from '@cloudscape-design/components/tag-editor';
import Textarea from '@cloudscape-design/components/textarea';
import { AliasInput } from '../../parts/alias-input';
import { Info } from '../../parts/info';
import { editable, kept } from '../../parts/tags';
import { Section } from '../../parts/section';
import { words } from '../../words';
import type { StepProps } from './draft';

const { labels } = words.create;

export function Labels({ draft, onChange, aliasError }: StepProps & { aliasError: string | undefined }) {
  return (
    <SpaceBetween size="l">
      <Section title={labels.names}>
        <SpaceBetween size="l">
          <FormField label={labels.alias} info={<Info topic="aliases" />} description={labels.aliasText} errorText={aliasError}>
            <AliasInput value={draft.alias} onChange={(alias) => onChange({ alias })} />
          </FormField>
          <FormField label={words.optional(labels.description)} description={labels.clearText}>
            <Textarea value={draft.description} rows={2} onChange={({ detail }) => onChange({ description: detail.value })} />
          </FormField>
        </SpaceBetween>
      </Section>
      <Section title={words.optional(labels.tags)} info={<Info topic="tags" />}>
        <TagEditor
          tags={editable(draft.tags)}
          onChange={({ detail }) => onChange({ tags: kept(detail.tags), tagsValid: detail.valid })}
        />
      </Section>
    </SpaceBetween>
  );
}
