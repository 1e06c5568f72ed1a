// Light or dark: as the system says, until the user says otherwise.
import { applyMode, Mode } from '@cloudscape-design/global-styles';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { usePreference } from './preferences';

export interface Theme {
  dark: boolean;
  toggle(): void;
}

const SYSTEM = matchMedia('(prefers-color-scheme: dark)');

export function useTheme(): Theme {
  // Many systems are light by day and dark at night.
  const system = useSyncExternalStore(watch, () => SYSTEM.matches);
  const [dark, setDark] = usePreference('dark', system);
  useEffect(() => applyMode(dark ? Mode.Dark : Mode.Light), [dark]);
  return useMemo(() => ({ dark, toggle: () => setDark(!dark) }), [dark, setDark]);
}

function watch(watcher: () => void): () => void {
  SYSTEM.addEventListener('change', watcher);
  return () => SYSTEM.removeEventListener('change', watcher);
}
