// What this browser remembers of its user: light or dark, and the place that was chosen last.
import { useCallback, useState } from 'react';

const PREFIX = 'pocket-kms-playground:';

/** State that survives a reload. Where the browser keeps nothing, it is ordinary state. */
export function usePreference<T>(name: string, initial: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => recall(name) ?? initial);
  const keep = useCallback(
    (value: T) => {
      setValue(value);
      remember(name, value);
    },
    [name],
  );
  return [value, keep];
}

export function forgetPreferences(): void {
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(PREFIX)) localStorage.removeItem(name);
  } catch {
    // Where the browser keeps nothing, there is nothing to forget.
  }
}

function recall<T>(name: string): T | null {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name) ?? 'null') as T | null;
  } catch {
    return null;
  }
}

function remember(name: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // The page works without stored preferences, too.
  }
}
