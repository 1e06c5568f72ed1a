// The policy view: the document, edited beside what KMS and the linter say of it, and judged by PutKeyPolicy.
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Form } from '../../../parts/form';
import { Info } from '../../../parts/info';
import { Refused } from '../../../parts/refused';
import { Section } from '../../../parts/section';
import { useDraft } from '../../../shell/drafts';
import { words } from '../../../words';
import type { KeyMetadata } from '../../../world/operations';
import { KeyPolicyEditor } from './key-policy-editor';
import { usePutPolicy } from './put';

const FORM = 'key-policy';

interface Props {
  metadata: KeyMetadata;
  policy: string;
  /** Leads to the default view, where that can show the policy. */
  onSwitch: (() => void) | undefined;
}

export function PolicyView({ metadata: { KeyId, KeyManager }, policy, onSwitch }: Props) {
  const { put, busy, refused } = usePutPolicy(KeyId);
  const [draft, setDraft] = useDraft<string>(`policy of ${KeyId}`);
  const save = async (text: string) => {
    if (await put(text)) setDraft(null);
  };
  // Two keys: a button that became another one under the pointer would act as that one.
  const looking = (
    <SpaceBetween key="looking" direction="horizontal" size="xs">
      {onSwitch && <Button onClick={onSwitch}>{words.policy.views.toDefault}</Button>}
      <Button disabled={KeyManager !== 'CUSTOMER'} onClick={() => setDraft(policy)}>
        {words.edit}
      </Button>
    </SpaceBetween>
  );
  const editing = (
    <SpaceBetween key="editing" direction="horizontal" size="xs">
      <Button variant="link" onClick={() => setDraft(null)}>
        {words.cancel}
      </Button>
      <Button variant="primary" form={FORM} loading={busy}>
        {words.save}
      </Button>
    </SpaceBetween>
  );
  return (
    <Section title={words.policy.title} info={<Info topic="policy" />} description={words.policy.text} actions={draft === null ? looking : editing}>
      <Form id={FORM} disabled={draft === null || busy} onSubmit={() => draft !== null && void save(draft)}>
        <SpaceBetween size="m">
          <KeyPolicyEditor keyId={KeyId} value={draft ?? policy} readOnly={draft === null} onChange={setDraft} />
          <Refused refusal={refused} />
        </SpaceBetween>
      </Form>
    </Section>
  );
}
