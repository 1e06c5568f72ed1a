// Before and after: a key policy is edited, and beside it stands who would gain and who would lose what.
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback, useState } from 'react';
import { ASKED_ACTIONS } from '../../kms/requests-config';
import { changesBetween, whoCan } from '../../kms/who-can';
import { KeySelect } from '../../parts/key-select';
import { Queried } from '../../parts/queried';
import { Refused } from '../../parts/refused';
import { Section } from '../../parts/section';
import { words } from '../../words';
import { useCall, useClient, usePlace, useQuery } from '../../world/context';
import { KeyPolicyEditor } from '../key/policy/key-policy-editor';
import { usePutPolicy } from '../key/policy/put';
import type { AboutKey } from './about-key';
import { Changes } from './changes';

const { change } = words.lab;

export function BeforeAndAfter({ keyId, select }: AboutKey) {
  const call = useCall();
  const query = useQuery(useCallback(async () => (await call('GetKeyPolicy', { KeyId: keyId })).Policy, [call, keyId]));
  return (
    <SpaceBetween size="l">
      <KeySelect {...select} />
      <Queried query={query}>{(policy) => <Edited keyId={keyId} policy={policy} />}</Queried>
    </SpaceBetween>
  );
}

function Edited({ keyId, policy }: { keyId: string; policy: string }) {
  const client = useClient();
  const place = usePlace();
  const { put, busy, refused } = usePutPolicy(keyId);
  const [text, setText] = useState(policy);
  const query = useQuery(
    useCallback(async () => {
      const asked = { client, place, keyId, actions: ASKED_ACTIONS };
      const first = { operation: 'PutKeyPolicy' as const, input: { KeyId: keyId, Policy: text }, place };
      const [before, after] = await Promise.all([whoCan(asked), whoCan({ ...asked, first })]);
      return changesBetween(before, after);
    }, [client, place, keyId, text]),
  );
  const changed = text !== policy;
  const buttons = (
    <SpaceBetween direction="horizontal" size="xs">
      <Button disabled={!changed} onClick={() => setText(policy)}>
        {change.restore}
      </Button>
      <Button variant="primary" disabled={!changed} loading={busy} onClick={() => void put(text)}>
        {change.install}
      </Button>
    </SpaceBetween>
  );
  return (
    <SpaceBetween size="l">
      <Section title={change.after} description={change.text} actions={buttons}>
        <SpaceBetween size="m">
          <KeyPolicyEditor keyId={keyId} value={text} readOnly={false} onChange={setText} />
          <Refused refusal={refused} />
        </SpaceBetween>
      </Section>
      {query.refusal ? <Refused refusal={query.refusal} /> : <Changes changes={query.value ?? []} loading={query.loading} changed={changed} />}
    </SpaceBetween>
  );
}
