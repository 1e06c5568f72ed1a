// The values of a custom key store that can be changed.
import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { Confirm } from '../parts/confirm';
import { ExternalFields } from '../parts/stores/external-fields';
import { SecretInput } from '../parts/stores/secret-input';
import { useAct } from '../shell/notifications';
import { words } from '../words';
import type { Input as Asked, KeyStore } from '../world/operations';
import { changesOf, draftOf, type StoreDraft } from './store-draft';

const { stores } = words;

export function EditStore({ store, onDone }: { store: KeyStore; onDone: () => void }) {
  const { act, busy, refused } = useAct();
  const [draft, setDraft] = useState(() => draftOf(store));
  const onChange = (change: Partial<StoreDraft>) => setDraft((draft) => ({ ...draft, ...change }));
  const { changes, names } = changesOf(store, draft);
  const save = async () => {
    const wish: Asked<'UpdateCustomKeyStore'> = { CustomKeyStoreId: store.CustomKeyStoreId, ...changes };
    const said = names.length > 0 ? stores.editing.done(names.join(', ')) : stores.editing.nothing;
    if ((await act((call) => call('UpdateCustomKeyStore', wish), () => said)) !== undefined) onDone();
  };
  return (
    <Confirm
      title={stores.editing.title(store.CustomKeyStoreName)}
      action={stores.editing.save[store.CustomKeyStoreType]}
      size="large"
      busy={busy}
      refused={refused}
      onDismiss={onDone}
      onConfirm={() => void save()}
    >
      {store.ConnectionState !== 'DISCONNECTED' && <Alert type="info">{stores.editing.disconnectFirst}</Alert>}
      <FormField label={stores.creating.name} description={stores.creating.nameText} stretch>
        <Input value={draft.name} onChange={({ detail }) => onChange({ name: detail.value })} />
      </FormField>
      {store.CustomKeyStoreType === 'AWS_CLOUDHSM' ? (
        <ClusterFields draft={draft} onChange={onChange} />
      ) : (
        <ExternalFields draft={draft} mayKeepSecret onChange={onChange} />
      )}
    </Confirm>
  );
}

function ClusterFields({ draft, onChange }: { draft: StoreDraft; onChange: (change: Partial<StoreDraft>) => void }) {
  return (
    <SpaceBetween size="l">
      <FormField label={stores.columns.cluster} stretch>
        <Input value={draft.cluster} spellcheck={false} onChange={({ detail }) => onChange({ cluster: detail.value })} />
      </FormField>
      <SecretInput
        label={words.optional(stores.editing.password)}
        description={stores.editing.passwordText}
        show={stores.creating.show}
        value={draft.password}
        onChange={(password) => onChange({ password })}
      />
    </SpaceBetween>
  );
}
