// Step 4: the key policy that follows from the permissions, open to be edited.
import Button from '@cloudscape-design/components/button';
import { PolicyEditor } from '../../parts/policy-editor';
import { Section } from '../../parts/section';
import { words } from '../../words';
import { policyOf, type StepProps } from './draft';

const { policy } = words.create;

export function EditPolicy({ draft, place, onChange }: StepProps) {
  const restore = (
    <Button disabled={draft.policy === null} onClick={() => onChange({ policy: null })}>
      {policy.restore}
    </Button>
  );
  return (
    <Section title={policy.title} description={policy.text} actions={restore}>
      <PolicyEditor value={policyOf(draft, place)} onChange={(text) => onChange({ policy: text })} />
    </Section>
  );
}
