// Turning the clock, and saying what time has brought.
import { useCallback } from 'react';
import { words } from '../words';
import { useClient } from '../world/context';
import type { JournalEntry, Turn } from '../world/protocol';
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
        return brought(news);
      }, words.clock.turned),
    [act, client],
  );
  return { turn, busy };
}

/** How many keys time has deleted, and how many others it has changed. */
function brought(news: readonly JournalEntry[]): { deleted: number; changed: number } {
  const last = new Map(news.filter(({ table }) => table === 'keys').map(({ key, row }) => [key, row]));
  const deleted = [...last.values()].filter((row) => row === null).length;
  return { deleted, changed: last.size - deleted };
}
