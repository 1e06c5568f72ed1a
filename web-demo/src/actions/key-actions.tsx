// The menu "Key actions", for one key or several.
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import { useState } from 'react';
import { useMenuAct } from '../shell/notifications';
import { words } from '../words';
import type { KeyState } from '../world/operations';
import { ACTIONS, SCHEDULE, type Action } from './actions-config';
import { ScheduleDeletion } from './schedule-deletion';

export interface ActedOn {
  id: string;
  /** `undefined` where the caller may not see it; every action is then offered, and KMS decides. */
  state: KeyState | undefined;
}

export function KeyActions({ keys }: { keys: readonly ActedOn[] }) {
  const { act, busy } = useMenuAct();
  const [scheduling, setScheduling] = useState(false);

  const choose = (id: string) => {
    const action = ACTIONS.find((action) => action.id === id);
    if (id === SCHEDULE) setScheduling(true);
    else if (action) void act((call) => forEach(keys, (key) => action.run(call, key)), () => action.done(keys.length));
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
      {scheduling && <ScheduleDeletion keys={keys.map(({ id }) => id)} onDone={() => setScheduling(false)} />}
    </>
  );
}

/** One after the other: what follows a refusal is not done. */
async function forEach(keys: readonly ActedOn[], run: (keyId: string) => Promise<unknown>): Promise<void> {
  for (const { id } of keys) await run(id);
}

function isOffered({ states }: Action, keys: readonly ActedOn[]): boolean {
  return keys.every(({ state }) => state === undefined || states.includes(state));
}
