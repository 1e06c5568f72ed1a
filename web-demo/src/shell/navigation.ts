// Whether the navigation is open: beside the page where there is room, and over it, on demand, where there is little.
import { useCallback, useState, useSyncExternalStore } from 'react';
import { side } from './visiting/frame';

export interface Navigation {
  open: boolean;
  toggle(open: boolean): void;
  /** Somebody has followed one of its links. */
  followed(): void;
}

/** The width from which on the layout has room beside the page. */
const NARROW = matchMedia('(max-width: 688px)');

/** A window that becomes wide again has its navigation as it was: each width remembers its own. */
export function useNavigation(): Navigation {
  const narrow = useSyncExternalStore(watch, isNarrow);
  const [beside, setBeside] = useState(true);
  const [above, setAbove] = useState(false);
  // The layout itself closes it when a window becomes narrow, which says nothing of the wide one.
  const toggle = useCallback((open: boolean) => (isNarrow() ? setAbove : setBeside)(open), []);
  const followed = useCallback(() => setAbove(false), []);
  return { open: narrow ? above : beside, toggle, followed };
}

/** A side of two places has little room as well. */
export function isNarrow(): boolean {
  return side !== null || NARROW.matches;
}

function watch(watcher: () => void): () => void {
  NARROW.addEventListener('change', watcher);
  return () => NARROW.removeEventListener('change', watcher);
}
