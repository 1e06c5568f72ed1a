// Light or dark: as the system says, until the user says otherwise.
import { applyMode, Mode } from '@cloudscape-design/global-styles';
import { useEffect } from 'react';
import { usePreference } from './preferences';

export function useTheme(): { dark: boolean; toggle: () => void } {
  const [dark, setDark] = usePreference('dark', matchMedia('(prefers-color-scheme: dark)').matches);
  useEffect(() => applyMode(dark ? Mode.Dark : Mode.Light), [dark]);
  return { dark, toggle: () => setDark(!dark) };
}
