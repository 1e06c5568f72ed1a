// The key policy: seen, edited, and judged by PutKeyPolicy.
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback } from 'react';
import { Form } from '../../parts/form';
import { PolicyEditor } from '../../parts/policy-editor';
import { Queried } from '../../parts/queried';
import { Refused } from '../../parts/refused';
import { Section } from '../../parts/section';
import { useDraft } from '../../shell/drafts';
import { useAct } from '../../shell/notifications';
import { words } from '../../words';
import { useCall, useQuery } from '../../world/context';
import type { KeyMetadata } from '../../world/operations';

const FORM = 'key-policy';

export function KeyPolicy({ metadata: { KeyId } }: { metadata: KeyMetadata }) {
  const call = useCall();
  const { act, busy, refused } = useAct();
  const query = useQuery(useCallback(async () => (await call('GetKeyPolicy', { KeyId })).Policy, [call, KeyId]));
  const [draft, setDraft] = useDraft<string>(`policy of ${KeyId}`);

  const save = async (Policy: string) => {
    const saved = await act((call) => call('PutKeyPolicy', { KeyId, Policy }), () => words.policy.saved);
    if (saved !== undefined) setDraft(null);
  };
  const buttons =
    draft === null ? (
      <Button disabled={query.value === undefined} onClick={() => setDraft(query.value ?? '')}>
        {words.edit}
      </Button>
    ) : (
      <SpaceBetween direction="horizontal" size="xs">
        <Button variant="link" onClick={() => setDraft(null)}>
          {words.cancel}
        </Button>
        <Button variant="primary" form={FORM} loading={busy}>
          {words.save}
        </Button>
      </SpaceBetween>
    );
  return (
    <Section title={words.policy.title} description={words.policy.text} actions={buttons}>
      <Queried query={query}>
        {(policy) => (
          <Form id={FORM} disabled={draft === null || busy} onSubmit={() => draft !== null && void save(draft)}>
            <SpaceBetween size="m">
              <PolicyEditor value={draft ?? policy} readOnly={draft === null} onChange={setDraft} />
              <Refused refusal={refused} />
            </SpaceBetween>
          </Form>
        )}
      </Queried>
    </Section>
  );
}
