// The menu "Key actions", for one key or several.
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import { useState } from 'react';
import { DeleteMaterial } from './delete-material';
import { useMenuAct } from '../shell/notifications';
import { words } from '../words';
import { ACTIONS, isOffered, type ActedOn, type Question } from './actions-config';
import { EditTags } from './edit-tags';
import { ScheduleDeletion } from './schedule-deletion';

export function KeyActions({ keys }: { keys: readonly ActedOn[] }) {
  const { act, busy } = useMenuAct();
  const [asked, setAsked] = useState<Question['asks']>();
  const done = () => setAsked(undefined);
  const [first] = keys;

  const choose = (id: string) => {
    const action = ACTIONS.find((action) => action.id === id);
    if (!action) return;
    if ('asks' in action) setAsked(action.asks);
    else void act((call) => forEach(keys, (key) => action.run(call, key)), () => action.done(keys.length));
  };

  return (
    <>
      <ButtonDropdown
        items={ACTIONS.map((action) => ({ id: action.id, text: action.text, disabled: !isOffered(action, keys) }))}
        disabled={keys.length === 0}
        loading={busy}
        onItemClick={({ detail }) => choose(detail.id)}
      >
        {words.actions.title}
      </ButtonDropdown>
      {asked === 'deletion' && <ScheduleDeletion keys={keys.map(({ id }) => id)} onDone={done} />}
      {asked === 'tags' && first && <EditTags keyId={first.id} onDone={done} />}
      {asked === 'material' && first && <DeleteMaterial keyId={first.id} onDone={done} />}
    </>
  );
}

/** One after the other: what follows a refusal is not done. */
async function forEach(keys: readonly ActedOn[], run: (keyId: string) => Promise<unknown>): Promise<void> {
  for (const { id } of keys) await run(id);
}
