// What is done to a whole proxy: its configuration file is made, and it is deleted.
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { Confirm } from '../../parts/confirm';
import { KEY_MANAGERS, go } from '../../routes';
import { useOwner } from '../../shell/owner';
import { words } from '../../words';
import { ConfigurationFileModal } from './configuration';
import type { PartProps } from './panel';

const { managers } = words;

export function ManagerButtons({ name, onDone }: PartProps) {
  const [asking, setAsking] = useState<'file' | 'delete'>();
  const done = () => setAsking(undefined);
  return (
    <>
      <SpaceBetween direction="horizontal" size="xs">
        <Button onClick={() => setAsking('delete')}>{managers.delete}</Button>
        <Button variant="primary" onClick={() => setAsking('file')}>
          {managers.configuration.make}
        </Button>
      </SpaceBetween>
      {asking === 'file' && <ConfigurationFileModal name={name} onDone={done} onMade={onDone} />}
      {asking === 'delete' && <DeleteManager name={name} onDone={done} />}
    </>
  );
}

function DeleteManager({ name, onDone }: { name: string; onDone: () => void }) {
  const { register, busy, refused } = useOwner();
  const { title, text, done } = managers.deleting;
  const remove = async () => {
    if (await register({ proxies: { [name]: null } }, done(name))) go(KEY_MANAGERS);
  };
  return (
    <Confirm title={title} action={managers.delete} busy={busy} refused={refused} onDismiss={onDone} onConfirm={() => void remove()}>
      <span className="wrap">{text(name)}</span>
    </Confirm>
  );
}
