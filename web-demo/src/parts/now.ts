// The world's time, counted on by the page between two words of the worker.
import { useEffect, useState } from 'react';
import { useClock } from '../world/context';
import type { ClockStatus } from '../world/protocol';
import { worldTime } from '../world/watched';
import { toMinutes } from './instants';

const TICK = 1000;
const MINUTE = 60 * TICK;

/** Milliseconds since 1970 by the world's clock, renewed every second while it runs. */
export function useNow(): number | null {
  const clock = useClock();
  const [, tick] = useState(0);
  const running = clock?.running ?? false;
  useEffect(() => {
    if (!running) return undefined;
    return everySecond(() => tick((count) => count + 1));
  }, [running]);
  return clock && worldTime(clock, Date.now());
}

const watchers = new Set<() => void>();
let seconds: ReturnType<typeof setInterval> | undefined;

/** All that shows seconds is renewed at once, and not at all while nobody sees the page. Gives a way to stop. */
export function everySecond(watcher: () => void): () => void {
  if (watchers.size === 0) document.addEventListener('visibilitychange', goOrRest);
  watchers.add(watcher);
  go();
  return () => {
    watchers.delete(watcher);
    if (watchers.size > 0) return;
    document.removeEventListener('visibilitychange', goOrRest);
    rest();
  };
}

function renew(): void {
  for (const watcher of watchers) watcher();
}

function go(): void {
  if (!document.hidden) seconds ??= setInterval(renew, TICK);
}

function rest(): void {
  clearInterval(seconds);
  seconds = undefined;
}

/** Who comes back to the page sees the present second. */
function goOrRest(): void {
  if (document.hidden) return rest();
  renew();
  go();
}

/** The world's time to the minute, as text; a new minute waits while `may` says that it may not show. */
export function useMinute(may: () => boolean): string | null {
  const clock = useClock();
  const [, tick] = useState(0);
  useEffect(() => {
    if (!clock) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wait = () => {
      const pause = may() ? toNextMinute(clock) : TICK;
      if (pause !== undefined) timer = setTimeout(look, pause);
    };
    const look = () => {
      if (may()) tick((count) => count + 1);
      wait();
    };
    wait();
    return () => clearTimeout(timer);
  }, [clock, may]);
  const minute = clock && toMinutes(worldTime(clock, Date.now()));
  const [shown, show] = useState(minute);
  const next = may() ? minute : shown;
  useEffect(() => show(next), [next]);
  return next;
}

/** The bar is on every page: between two minutes it has nothing to do. Never, for a clock that stands. */
function toNextMinute(clock: ClockStatus): number | undefined {
  return clock.running ? MINUTE - (worldTime(clock, Date.now()) % MINUTE) + 1 : undefined;
}
