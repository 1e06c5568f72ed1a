// The inline policies of a principal, each with its name.
import Button from '@cloudscape-design/components/button';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Group } from '../../parts/group';
import { PolicyEditor } from '../../parts/policy-editor';
import { words } from '../../words';
import { withPolicy, type InlinePolicy } from './principal-draft';

const { fields } = words.directory;

export function InlinePolicies({ policies, onChange }: { policies: readonly InlinePolicy[]; onChange: (policies: InlinePolicy[]) => void }) {
  const set = (at: number, change: Partial<InlinePolicy>) =>
    onChange(policies.map((policy, index) => (index === at ? { ...policy, ...change } : policy)));
  return (
    <Group title={fields.inline} text={fields.inlineText}>
      <SpaceBetween size="m">
        {policies.length === 0 && fields.noInline}
        {policies.map(({ name, text }, at) => (
          <SpaceBetween key={at} size="xs">
            <SpaceBetween direction="horizontal" size="xs">
              <Input
                ariaLabel={fields.policyName(at + 1)}
                value={name}
                spellcheck={false}
                onChange={({ detail }) => set(at, { name: detail.value })}
              />
              <Button
                formAction="none"
                ariaLabel={fields.removePolicy(name)}
                onClick={() => onChange(policies.filter((_, index) => index !== at))}
              >
                {words.remove}
              </Button>
            </SpaceBetween>
            <PolicyEditor label={fields.policyText(name)} kind="identity" value={text} onChange={(text) => set(at, { text })} />
          </SpaceBetween>
        ))}
        <Button formAction="none" onClick={() => onChange(withPolicy(policies))}>
          {fields.addInline}
        </Button>
      </SpaceBetween>
    </Group>
  );
}
