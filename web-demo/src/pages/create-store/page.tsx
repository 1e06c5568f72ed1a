// A new custom key store: what KMS must know of the cluster, or of the proxy.
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import FormLayout from '@cloudscape-design/components/form';
import { useState } from 'react';
import { FIRST_DRAFT, clusterWish, externalWish, type StoreDraft } from '../../actions/store-draft';
import { Form } from '../../parts/form';
import { Info } from '../../parts/info';
import { Refused } from '../../parts/refused';
import { useAct } from '../../shell/notifications';
import { useUnsaved } from '../../shell/unsaved';
import { storeAddress, storesAddress, go } from '../../routes';
import { words } from '../../words';
import type { StoreType } from '../../world/operations';
import { ClusterStore } from './cluster';
import { ExternalStore } from './external';

const { stores } = words;

const FORM = 'create-key-store';

export default function CreateStorePage({ type }: { type: StoreType }) {
  const { act, busy, refused } = useAct();
  const [draft, setDraft] = useState<StoreDraft>(FIRST_DRAFT);
  const saved = useUnsaved(draft !== FIRST_DRAFT && !busy);
  const onChange = (change: Partial<StoreDraft>) => setDraft((draft) => ({ ...draft, ...change }));
  const isCluster = type === 'AWS_CLOUDHSM';
  const { create, text } = stores.lists[type];
  const submit = () =>
    act(
      async (call) => {
        const { CustomKeyStoreId: id = '' } = await call('CreateCustomKeyStore', isCluster ? clusterWish(draft) : externalWish(draft));
        saved();
        // What is told of it belongs to its page.
        go(storeAddress(id));
      },
      () => stores.creating.done(draft.name.trim()),
    );
  const buttons = (
    <SpaceBetween direction="horizontal" size="xs">
      <Button variant="link" formAction="none" onClick={() => go(storesAddress(type))}>
        {words.cancel}
      </Button>
      <Button variant="primary" form={FORM} loading={busy}>
        {create}
      </Button>
    </SpaceBetween>
  );
  return (
    <Form id={FORM} disabled={busy} onSubmit={() => void submit()}>
      <FormLayout
        actions={buttons}
        header={
          <Header variant="h1" info={<Info label={words.help.here} />} description={text}>
            {create}
          </Header>
        }
      >
        <SpaceBetween size="l">
          {isCluster ? <ClusterStore draft={draft} onChange={onChange} /> : <ExternalStore draft={draft} onChange={onChange} />}
          <Refused refusal={refused} />
        </SpaceBetween>
      </FormLayout>
    </Form>
  );
}
