// The key policy in the console's two views (P2-125): people and accounts, or the document.
import { useCallback, useState } from 'react';
import { factsOf, readConsolePolicy } from '../../../kms/console-policy';
import { Queried } from '../../../parts/queried';
import { useDraft } from '../../../shell/drafts';
import { useCall, useQuery } from '../../../world/context';
import type { KeyMetadata } from '../../../world/operations';
import { DefaultView } from './default-view';
import { PolicyView } from './policy-view';

type View = 'default' | 'policy';

export function KeyPolicy({ metadata }: { metadata: KeyMetadata }) {
  const { KeyId } = metadata;
  const call = useCall();
  const query = useQuery(useCallback(async () => (await call('GetKeyPolicy', { KeyId })).Policy, [call, KeyId]));
  const [draft] = useDraft<string>(`policy of ${KeyId}`);
  const [wanted, setWanted] = useState<View>('default');
  return (
    <Queried query={query}>
      {(policy) => {
        const facts = factsOf(metadata);
        const named = readConsolePolicy(policy, facts);
        // What is being edited is a document.
        if (named && wanted === 'default' && draft === null) {
          return <DefaultView metadata={metadata} facts={facts} named={named} onSwitch={() => setWanted('policy')} />;
        }
        return <PolicyView metadata={metadata} policy={policy} onSwitch={named && (() => setWanted('default'))} />;
      }}
    </Queried>
  );
}
