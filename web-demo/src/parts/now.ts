// The world's time, counted on by the page between two words of the worker.
import { useEffect, useState } from 'react';
import { useClock } from '../world/context';
import { worldTime } from '../world/watched';
import { toMinutes } from './instants';

const TICK = 1000;

/** Milliseconds since 1970 by the world's clock, renewed every second while it runs. */
export function useNow(): number | null {
  const clock = useClock();
  const [, tick] = useState(0);
  const running = clock?.running ?? false;
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => tick((count) => count + 1), TICK);
    return () => clearInterval(timer);
  }, [running]);
  return clock && worldTime(clock, Date.now());
}

/** The world's time to the minute, as text; a new minute waits while `may` says that it may not show. */
export function useMinute(may: () => boolean): string | null {
  const now = useNow();
  const minute = now === null ? null : toMinutes(now);
  const [shown, show] = useState(minute);
  const next = may() ? minute : shown;
  useEffect(() => show(next), [next]);
  return next;
}
