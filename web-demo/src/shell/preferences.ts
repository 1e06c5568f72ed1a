// What this browser remembers of its user: light or dark, and the place that was chosen last.
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { isFleeting } from './visiting/frame';

const PREFIX = 'pocket-kms-playground:';

const known = new Map<string, unknown>();
const watchers = new Set<() => void>();

/** State that survives a reload, and is the same wherever it is used. Where the browser keeps nothing, it lasts as long as the page. */
export function usePreference<T>(name: string, initial: T): [T, (value: T) => void] {
  const value = useSyncExternalStore(watch, () => recalled(name)) as T | null;
  const keep = useCallback(
    (value: T) => {
      known.set(name, value);
      remember(name, value);
      for (const watcher of watchers) watcher();
    },
    [name],
  );
  return [value ?? initial, keep];
}

/** What another page of this browser keeps, such as one of two places side by side: always as it is there. */
export function useKept<T>(name: string): T | null {
  const text = useSyncExternalStore(watchOthers, () => kept(name));
  return useMemo(() => JSON.parse(text) as T | null, [text]);
}

function watchOthers(watcher: () => void): () => void {
  window.addEventListener('storage', watcher);
  return () => window.removeEventListener('storage', watcher);
}

/** What all tabs have in common. Where somebody is, and what a page looks like, belongs to each tab. */
const SHARED = ['lesson', 'finished-lessons'];

window.addEventListener('storage', ({ key }) => {
  const name = SHARED.find((name) => PREFIX + name === key);
  if (name === undefined) return;
  known.delete(name);
  for (const watcher of watchers) watcher();
});

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Read once: what is watched must be the same until it changes. */
function recalled(name: string): unknown {
  if (!known.has(name)) known.set(name, recall(name));
  return known.get(name);
}

export function forgetPreferences(): void {
  if (isFleeting) return;
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(PREFIX)) localStorage.removeItem(name);
  } catch {
    // Where the browser keeps nothing, there is nothing to forget.
  }
}

function recall(name: string): unknown {
  if (isFleeting) return null;
  try {
    return JSON.parse(kept(name));
  } catch {
    return null;
  }
}

function kept(name: string): string {
  try {
    return localStorage.getItem(PREFIX + name) ?? 'null';
  } catch {
    return 'null';
  }
}

function remember(name: string, value: unknown): void {
  if (isFleeting) return;
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // The page works without stored preferences, too.
  }
}
