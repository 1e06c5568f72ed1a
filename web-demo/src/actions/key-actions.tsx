// The menu "Key actions", for one key or several.
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import { useState } from 'react';
import { useAct } from '../shell/notifications';
import { words } from '../words';
import { useCall } from '../world/context';
import type { KeyState } from '../world/operations';
import { ACTIONS, WAITING_PERIOD, type Action, type ActionId } from './actions-config';
import { ScheduleDeletion } from './schedule-deletion';

export interface ActedOn {
  id: string;
  /** `undefined` where the caller may not see it; every action is then offered, and KMS decides. */
  state: KeyState | undefined;
}

export function KeyActions({ keys }: { keys: readonly ActedOn[] }) {
  const call = useCall();
  const { act, busy } = useAct();
  const [scheduling, setScheduling] = useState(false);

  const run = ({ id, done }: Action, days: number) =>
    act(
      async () => {
        for (const key of keys) {
          const input = { KeyId: key.id, ...(id === 'ScheduleKeyDeletion' ? { PendingWindowInDays: days } : {}) };
          await call(id, input as { KeyId: string; PendingWindowInDays: number });
        }
      },
      () => done(keys.length),
    );

  const choose = (id: string) => {
    const action = ACTIONS.find((action) => action.id === id);
    if (id === 'ScheduleKeyDeletion') setScheduling(true);
    else if (action) void run(action, WAITING_PERIOD.usual);
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
      {scheduling && (
        <ScheduleDeletion
          count={keys.length}
          busy={busy}
          onDismiss={() => setScheduling(false)}
          onConfirm={(days) => void schedule(days)}
        />
      )}
    </>
  );

  async function schedule(days: number): Promise<void> {
    const action = ACTIONS.find(({ id }: { id: ActionId }) => id === 'ScheduleKeyDeletion');
    if (action) await run(action, days);
    setScheduling(false);
  }
}

function isOffered({ states }: Action, keys: readonly ActedOn[]): boolean {
  return keys.every(({ state }) => state === undefined || states.includes(state));
}
