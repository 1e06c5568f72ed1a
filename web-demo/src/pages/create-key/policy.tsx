// Step 5: the key policy that follows from the permissions, open to be edited, and read by KMS meanwhile.
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback } from 'react';
import { Info } from '../../parts/info';
import { PolicyEditor } from '../../parts/policy-editor';
import { Refused } from '../../parts/refused';
import { Section } from '../../parts/section';
import { words } from '../../words';
import { useClient } from '../../world/context';
import type { Refusal } from '../../world/refusal';
import { policyOf, type StepProps } from './draft';

const { policy } = words.create;

export function EditPolicy({ draft, place, refused, onChange }: StepProps & { refused: Refusal | undefined }) {
  const client = useClient();
  const judge = useCallback((Policy: string) => client.rehearse('CreateKey', { Policy }, place), [client, place]);
  const restore = (
    <Button disabled={draft.policy === null} onClick={() => onChange({ policy: null })}>
      {policy.restore}
    </Button>
  );
  return (
    <Section title={policy.title} info={<Info topic="policy" />} description={policy.text} actions={restore}>
      <SpaceBetween size="m">
        <PolicyEditor value={policyOf(draft, place)} judge={judge} onChange={(text) => onChange({ policy: text })} />
        <Refused refusal={refused} />
      </SpaceBetween>
    </Section>
  );
}
