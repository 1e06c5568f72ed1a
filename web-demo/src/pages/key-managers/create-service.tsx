// A new VPC endpoint service of the account, with everything in order.
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { accountOf } from '../../kms/places-config';
import { Confirm } from '../../parts/confirm';
import { useOwner } from '../../shell/owner';
import { words } from '../../words';
import { usePlace } from '../../world/context';

const { services: text } = words.managers;

export function CreateService({ onDone }: { onDone: () => void }) {
  const { region, caller } = usePlace();
  const { register, busy, refused } = useOwner();
  const [name, setName] = useState(`com.amazonaws.vpce.${region}.vpce-svc-0123456789abcdef0`);
  const [host, setHost] = useState('xks-private.example.com');
  const create = async () => {
    const service = { owner: accountOf(caller), privateDnsName: host.trim() };
    if (await register({ endpointServices: { [name.trim()]: service } }, text.saved(name.trim()))) onDone();
  };
  return (
    <Confirm
      title={text.create}
      action={text.create}
      busy={busy}
      disabled={name.trim() === '' || host.trim() === ''}
      refused={refused}
      onDismiss={onDone}
      onConfirm={() => void create()}
    >
      <FormField label={text.name} stretch>
        <Input value={name} spellcheck={false} onChange={({ detail }) => setName(detail.value)} />
      </FormField>
      <FormField label={text.host} description={text.hostText} stretch>
        <Input value={host} spellcheck={false} onChange={({ detail }) => setHost(detail.value)} />
      </FormField>
    </Confirm>
  );
}
