// The crypto user kmsuser: its password, who is logged in, and how it gets locked out.
import Button from '@cloudscape-design/components/button';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { Confirm } from '../../parts/confirm';
import { Section } from '../../parts/section';
import { SecretInput } from '../../parts/stores/secret-input';
import { useOwner } from '../../shell/owner';
import { words } from '../../words';
import type { PartProps } from './panel';

const { kmsuser: text, creating } = words.clusters;

/** What needs the password. */
type WithPassword = 'createUser' | 'changePassword' | 'logIn';

export function Kmsuser({ cluster, busy, act }: PartProps) {
  const { hasKmsuser, kmsIsLoggedIn } = cluster;
  const { failedLogins, locked, loggedInElsewhere } = cluster.kmsuser;
  const [asking, setAsking] = useState<WithPassword>();
  const yes = (is: boolean) => (is ? text.yes : text.no);
  const button = (label: string, onClick: () => void, disabled = false) => (
    <Button disabled={busy || disabled} onClick={onClick}>
      {label}
    </Button>
  );
  return (
    <Section title={text.title} description={text.text}>
      <SpaceBetween size="m">
        <KeyValuePairs
          columns={2}
          items={[
            { label: text.exists, value: yes(hasKmsuser) },
            { label: text.failed, value: failedLogins },
            { label: text.locked, value: yes(locked) },
            { label: text.elsewhere, value: yes(loggedInElsewhere) },
            { label: text.kms, value: yes(kmsIsLoggedIn) },
          ]}
        />
        <SpaceBetween direction="horizontal" size="xs">
          {hasKmsuser && button(text.changePassword, () => setAsking('changePassword'))}
          {hasKmsuser && !loggedInElsewhere && button(text.logIn, () => setAsking('logIn'))}
          {hasKmsuser && loggedInElsewhere && button(text.logOut, () => void act({ do: 'logOut' }))}
          {hasKmsuser && button(text.lock, () => void act({ do: 'lock' }), locked)}
          {hasKmsuser && button(text.deleteUser, () => void act({ do: 'deleteUser' }))}
          {!hasKmsuser && button(text.createUser, () => setAsking('createUser'))}
        </SpaceBetween>
        {asking && <Password cluster={cluster.cluster} asked={asking} onDone={() => setAsking(undefined)} />}
      </SpaceBetween>
    </Section>
  );
}

function Password({ cluster, asked, onDone }: { cluster: string; asked: WithPassword; onDone: () => void }) {
  const { onCluster, busy, refused } = useOwner();
  const [password, setPassword] = useState('');
  const send = async () => {
    if (await onCluster(cluster, { do: asked, password }, words.clusters.done)) onDone();
  };
  return (
    <Confirm
      title={text[asked]}
      action={text[asked]}
      busy={busy}
      disabled={password === ''}
      refused={refused}
      onDismiss={onDone}
      onConfirm={() => void send()}
    >
      <SecretInput label={text.password} description={text.passwordText} show={creating.show} value={password} onChange={setPassword} />
    </Confirm>
  );
}
