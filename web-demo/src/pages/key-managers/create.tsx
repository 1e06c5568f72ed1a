// A new external key manager, behind a proxy under this address, with a first key.
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { pathOf, proxyName } from '../../kms/key-stores';
import { Confirm } from '../../parts/confirm';
import { go, managerAddress } from '../../routes';
import { useOwner } from '../../shell/owner';
import { words } from '../../words';
import { usePlace } from '../../world/context';

const { creating } = words.managers;
const { external } = words.stores;

export function CreateManager({ onDone }: { onDone: () => void }) {
  const { region } = usePlace();
  const { register, busy, refused } = useOwner();
  const [endpoint, setEndpoint] = useState('https://xks.example.com');
  const [prefix, setPrefix] = useState('');
  const [key, setKey] = useState('first-key');
  const create = async () => {
    const name = proxyName(endpoint.trim(), pathOf(prefix));
    const keys = key.trim() === '' ? {} : { [key.trim()]: {} };
    if (!(await register({ proxies: { [name]: { region, keys } } }, creating.done(name)))) return;
    onDone();
    go(managerAddress(name));
  };
  return (
    <Confirm
      title={words.managers.create}
      action={words.managers.create}
      busy={busy}
      disabled={endpoint.trim() === ''}
      refused={refused}
      onDismiss={onDone}
      onConfirm={() => void create()}
    >
      <FormField label={external.endpoint} description={external.endpointText} stretch>
        <Input value={endpoint} spellcheck={false} onChange={({ detail }) => setEndpoint(detail.value)} />
      </FormField>
      <FormField label={words.optional(external.prefix)} description={creating.prefixText} constraintText={external.prefixText(pathOf(prefix))} stretch>
        <Input value={prefix} spellcheck={false} onChange={({ detail }) => setPrefix(detail.value)} />
      </FormField>
      <FormField label={words.optional(creating.key)} description={creating.keyText} stretch>
        <Input value={key} spellcheck={false} onChange={({ detail }) => setKey(detail.value)} />
      </FormField>
    </Confirm>
  );
}
