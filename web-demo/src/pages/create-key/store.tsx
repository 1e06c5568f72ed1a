// The custom key store of a new key, and for an external one the key that it stands for (P4-451, P5-293).
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback, useEffect, useRef, type Dispatch, type SetStateAction } from 'react';
import { describeKeyStore, listKeyStores } from '../../kms/key-stores';
import { words } from '../../words';
import { useCall, useQuery } from '../../world/context';
import type { KeyStore, StoreType } from '../../world/operations';
import type { Draft, StepProps } from './draft';
import { Understood } from './understood';

const { inStore } = words.create;

interface Props extends Pick<StepProps, 'draft' | 'onChange'> {
  type: StoreType;
  error: string | undefined;
}

export function InStore({ type, draft, error, onChange }: Props) {
  const call = useCall();
  const { value: stores = [], loading } = useQuery(useCallback(() => listKeyStores(call, type), [call, type]));
  const options = stores.map(optionOf);
  const isExternal = type === 'EXTERNAL_KEY_STORE';
  return (
    <SpaceBetween size="l">
      <FormField label={inStore.store} description={inStore.storeText} errorText={error === inStore.noStore && error} stretch>
        <Select
          selectedOption={options.find(({ value }) => value === draft.store) ?? null}
          options={options}
          placeholder={inStore.choose}
          empty={inStore.none}
          statusType={loading ? 'loading' : 'finished'}
          loadingText={words.loading}
          onChange={({ detail }) => onChange({ store: detail.selectedOption.value ?? '' })}
        />
      </FormField>
      {isExternal && (
        <FormField label={inStore.externalKey} description={inStore.externalKeyText} errorText={error === inStore.noExternalKey && error} stretch>
          <Input value={draft.externalKey} spellcheck={false} placeholder="bb8562717f809024" onChange={({ detail }) => onChange({ externalKey: detail.value })} />
        </FormField>
      )}
      {isExternal && (
        <Understood text={inStore.understand} draft={draft} error={error === inStore.notUnderstood ? error : undefined} onChange={onChange} />
      )}
    </SpaceBetween>
  );
}

function optionOf({ CustomKeyStoreId: value, CustomKeyStoreName: label, ConnectionState: state }: KeyStore) {
  const connected = state === 'CONNECTED';
  return { value, label, description: value, tags: [words.stores.states[state]], disabled: !connected };
}

/** Who comes from the page of a key store finds it chosen, and may still choose another. */
export function useStoreOfAddress(store: string | undefined, setDraft: Dispatch<SetStateAction<Draft>>): void {
  const call = useCall();
  const found = useQuery(useCallback(() => (store === undefined ? Promise.resolve(undefined) : describeKeyStore(call, store)), [call, store])).value;
  const filled = useRef(false);
  useEffect(() => {
    if (!found || filled.current) return;
    filled.current = true;
    setDraft((draft) => ({ ...draft, origin: found.CustomKeyStoreType, store: found.CustomKeyStoreId }));
  }, [found, setDraft]);
}
