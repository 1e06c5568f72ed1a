// The key policy: seen, edited, and judged by PutKeyPolicy.
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback, useState } from 'react';
import { PolicyEditor } from '../../parts/policy-editor';
import { Queried } from '../../parts/queried';
import { useAct } from '../../shell/notifications';
import { Section } from '../../parts/section';
import { words } from '../../words';
import { useCall, useQuery } from '../../world/context';
import type { KeyMetadata } from '../../world/operations';

export function KeyPolicy({ metadata: { KeyId } }: { metadata: KeyMetadata }) {
  const call = useCall();
  const { act, busy } = useAct();
  const query = useQuery(useCallback(async () => (await call('GetKeyPolicy', { KeyId })).Policy, [call, KeyId]));
  const [draft, setDraft] = useState<string | null>(null);

  const save = async (Policy: string) => {
    const saved = await act(() => call('PutKeyPolicy', { KeyId, Policy }), () => words.policy.saved);
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
        <Button variant="primary" loading={busy} onClick={() => void save(draft)}>
          {words.save}
        </Button>
      </SpaceBetween>
    );
  return (
    <Section title={words.policy.title} description={words.policy.text} actions={buttons}>
      <Queried query={query}>
        {(policy) => <PolicyEditor value={draft ?? policy} readOnly={draft === null} onChange={setDraft} />}
      </Queried>
    </Section>
  );
}
