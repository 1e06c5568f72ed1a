// Keeps the playground for later, when there may be no network, and tells of a newer version, which all tabs take at once.
import { useSyncExternalStore } from 'react';
import type { WorldClient } from '../world/protocol';

/** What there is to tell: a newer version waits, or a part of this one is gone. */
export type News = 'waiting' | 'missing';

/** How long a version counts as the newest before a page that is looked at again asks for another, in milliseconds. */
const FRESH = 60 * 60 * 1000;

let news: News | undefined;
/** Lets the version that waits take over; without one, a reload is all that helps. */
let takeOver = (): void => window.location.reload();
const watchers = new Set<() => void>();

function tell(told: News): void {
  news = told;
  for (const watcher of watchers) watcher();
}

export function useNews(): [News | undefined, () => void] {
  return [useSyncExternalStore(watch, () => news), takeOver];
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** A page that is older than what its server has now asks for files that are gone. */
export function noticeMissingParts(): void {
  window.addEventListener('vite:preloadError', () => tell('missing'));
}

/** Begins when the world is open: what is fetched for later must not delay it. */
export function keepForLater(client: WorldClient): void {
  // Pages without a secure origin have none.
  if (!('serviceWorker' in navigator)) return;
  const begin = () => {
    if (client.status().phase !== 'open') return;
    unwatch();
    void register();
  };
  const unwatch = client.watch(begin);
  begin();
}

async function register(): Promise<void> {
  const { registerSW } = await import('virtual:pwa-register');
  reloadWithTheOthers();
  const activate = registerSW({
    immediate: true,
    onNeedRefresh() {
      takeOver = () => void activate();
      tell('waiting');
    },
    onRegisteredSW: (_, registration) => registration && askAgain(registration),
    // A browser may forbid it, as in private windows: the page works, with a network.
    onRegisterError: () => undefined,
  });
}

/** Old and new pages share one world, so that none stays old when another tab has taken the newer version. */
function reloadWithTheOthers(): void {
  const { serviceWorker } = navigator;
  if (serviceWorker.controller) serviceWorker.addEventListener('controllerchange', () => window.location.reload());
}

/** A page may stay open for days. */
function askAgain(registration: ServiceWorkerRegistration): void {
  let asked = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - asked < FRESH) return;
    asked = Date.now();
    // Without a network there is nothing new.
    registration.update().catch(() => undefined);
  });
}
