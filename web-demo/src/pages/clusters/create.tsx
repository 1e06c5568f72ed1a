// A new cluster in the account and Region, with everything in order.
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { accountOf } from '../../kms/places-config';
import { Confirm } from '../../parts/confirm';
import { SecretInput } from '../../parts/stores/secret-input';
import { clusterAddress, go } from '../../routes';
import { useOwner } from '../../shell/owner';
import { words } from '../../words';
import { usePlace } from '../../world/context';

const { creating } = words.clusters;

export function CreateCluster({ onDone }: { onDone: () => void }) {
  const { region, caller } = usePlace();
  const { register, busy, refused } = useOwner();
  const [id, setId] = useState('cluster-2ab3cdefghi');
  const [password, setPassword] = useState('');
  const [anchor, setAnchor] = useState('');
  const create = async () => {
    const cluster = {
      account: accountOf(caller),
      region,
      ...(anchor.trim() === '' ? {} : { trustAnchor: anchor }),
      ...(password === '' ? {} : { kmsuser: { password } }),
    };
    if (!(await register({ clusters: { [id.trim()]: cluster } }, creating.done(id.trim())))) return;
    onDone();
    go(clusterAddress(id.trim()));
  };
  return (
    <Confirm
      title={words.clusters.create}
      action={words.clusters.create}
      busy={busy}
      disabled={id.trim() === ''}
      refused={refused}
      onDismiss={onDone}
      onConfirm={() => void create()}
    >
      <FormField label={creating.id} description={creating.idText} stretch>
        <Input value={id} spellcheck={false} onChange={({ detail }) => setId(detail.value)} />
      </FormField>
      <SecretInput
        label={words.optional(creating.password)}
        description={creating.passwordText}
        show={creating.show}
        value={password}
        onChange={setPassword}
      />
      <FormField label={words.optional(words.clusters.anchor)} stretch>
        <Textarea value={anchor} rows={3} spellcheck={false} placeholder="-----BEGIN CERTIFICATE-----" onChange={({ detail }) => setAnchor(detail.value)} />
      </FormField>
    </Confirm>
  );
}
