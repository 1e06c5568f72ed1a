// Turning the clock, and saying what time has brought.
import { useCallback } from 'react';
import { words } from '../words';
import { useClient } from '../world/context';
import type { Turn } from '../world/protocol';
import { useMenuAct } from './notifications';

export function useTurn() {
  const client = useClient();
  const { act, busy } = useMenuAct();
  const turn = useCallback(
    (turn: Turn) =>
      act(async () => {
        const before = (await client.journal()).at(-1)?.number ?? 0;
        await client.turn(turn);
        const news = (await client.journal()).filter(({ number }) => number > before);
        return news.filter(({ table, row }) => table === 'keys' && row === null).length;
      }, words.clock.turned),
    [act, client],
  );
  return { turn, busy };
}
