// Light or dark: as the system says, until the user says otherwise.
import { applyMode, Mode } from '@cloudscape-design/global-styles';
import { useEffect, useMemo } from 'react';
import { usePreference } from './preferences';

export interface Theme {
  dark: boolean;
  toggle(): void;
}

export function useTheme(): Theme {
  const [dark, setDark] = usePreference('dark', matchMedia('(prefers-color-scheme: dark)').matches);
  useEffect(() => applyMode(dark ? Mode.Dark : Mode.Light), [dark]);
  return useMemo(() => ({ dark, toggle: () => setDark(!dark) }), [dark, setDark]);
}
