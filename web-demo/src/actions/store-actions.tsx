// The menu "Key store actions", for one custom key store.
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import { useState } from 'react';
import { EditStore } from './edit-store';
import { Confirm } from '../parts/confirm';
import { useAct, useMenuAct } from '../shell/notifications';
import { words } from '../words';
import type { KeyStore } from '../world/operations';
import { STORE_ACTIONS, type StoreAction } from './store-actions-config';

const { stores } = words;

interface Props {
  /** `undefined` while none is chosen. */
  store: KeyStore | undefined;
  onDeleted?(): void;
}

export function StoreActions({ store, onDeleted }: Props) {
  const { act, busy } = useMenuAct();
  const [asking, setAsking] = useState<StoreAction>();
  const done = () => setAsking(undefined);
  const choose = (id: StoreAction) => {
    if (!store) return;
    const { CustomKeyStoreId, CustomKeyStoreName: name } = store;
    if (id !== 'connect') setAsking(id);
    else void act((call) => call('ConnectCustomKeyStore', { CustomKeyStoreId }), () => stores.actions.connected(name));
  };
  return (
    <>
      <ButtonDropdown
        items={STORE_ACTIONS.map(({ id, text, states }) => ({ id, text, disabled: !store || !states.includes(store.ConnectionState) }))}
        disabled={!store}
        loading={busy}
        onItemClick={({ detail }) => choose(detail.id as StoreAction)}
      >
        {stores.actions.title}
      </ButtonDropdown>
      {store && asking === 'edit' && <EditStore store={store} onDone={done} />}
      {store && asking === 'disconnect' && <Disconnect store={store} onDone={done} />}
      {store && asking === 'delete' && <Delete store={store} onDone={done} onDeleted={onDeleted} />}
    </>
  );
}

function Disconnect({ store: { CustomKeyStoreId, CustomKeyStoreName: name }, onDone }: { store: KeyStore; onDone: () => void }) {
  const { act, busy, refused } = useAct();
  const disconnect = async () => {
    const done = await act((call) => call('DisconnectCustomKeyStore', { CustomKeyStoreId }), () => stores.actions.disconnected(name));
    if (done !== undefined) onDone();
  };
  const { title, text } = stores.disconnecting;
  return (
    <Confirm title={title} action={stores.actions.disconnect} busy={busy} refused={refused} onDismiss={onDone} onConfirm={() => void disconnect()}>
      <span className="wrap">{text(name)}</span>
    </Confirm>
  );
}

interface DeleteProps {
  store: KeyStore;
  onDone(): void;
  onDeleted: (() => void) | undefined;
}

function Delete({ store: { CustomKeyStoreId, CustomKeyStoreName: name }, onDone, onDeleted }: DeleteProps) {
  const { act, busy, refused } = useAct();
  const { title, text, done } = stores.deleting;
  const remove = () =>
    act(
      async (call) => {
        await call('DeleteCustomKeyStore', { CustomKeyStoreId });
        onDone();
        onDeleted?.();
      },
      () => done(name),
    );
  return (
    <Confirm title={title} action={stores.actions.delete} busy={busy} refused={refused} onDismiss={onDone} onConfirm={() => void remove()}>
      <span className="wrap">{text(name)}</span>
    </Confirm>
  );
}
