// Step 4: the key policy that follows from the permissions, open to be edited.
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { PolicyEditor } from '../../parts/policy-editor';
import { Refused } from '../../parts/refused';
import { Section } from '../../parts/section';
import { words } from '../../words';
import type { Refusal } from '../../world/refusal';
import { policyOf, type StepProps } from './draft';

const { policy } = words.create;

export function EditPolicy({ draft, place, refused, onChange }: StepProps & { refused: Refusal | undefined }) {
  const restore = (
    <Button disabled={draft.policy === null} onClick={() => onChange({ policy: null })}>
      {policy.restore}
    </Button>
  );
  return (
    <Section title={policy.title} description={policy.text} actions={restore}>
      <SpaceBetween size="m">
        <PolicyEditor value={policyOf(draft, place)} onChange={(text) => onChange({ policy: text })} />
        <Refused refusal={refused} />
      </SpaceBetween>
    </Section>
  );
}
