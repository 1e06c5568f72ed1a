// What a page has gathered and not saved is lost when the page is left: whoever leaves is asked first.
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { go } from '../routes';

/** The pages that have something unsaved. */
const unsaved = new Set<object>();
/** Where somebody wants to go. */
let wanted: string | null = null;
const watchers = new Set<() => void>();

function want(address: string | null): void {
  wanted = address;
  for (const watcher of watchers) watcher();
}

// The address is put back before anybody else has seen another one.
window.addEventListener(
  'hashchange',
  (event) => {
    if (unsaved.size === 0) return;
    event.stopImmediatePropagation();
    const { hash } = window.location;
    window.history.replaceState(window.history.state, '', event.oldURL);
    want(hash);
  },
  { capture: true },
);

window.addEventListener('beforeunload', (event) => {
  if (unsaved.size > 0) event.preventDefault();
});

/** Asks before the page is left while there is something to lose. The function that it gives says that all is saved. */
export function useUnsaved(any: boolean): () => void {
  const page = useRef({ saved: false });
  useEffect(() => {
    const { current } = page;
    if (any && !current.saved) unsaved.add(current);
    return () => void unsaved.delete(current);
  }, [any]);
  return () => {
    page.current.saved = true;
    unsaved.delete(page.current);
  };
}

/** Where somebody wants to go who has something to lose here. */
export function useLeaving(): { wanted: string | null; stay(): void; leave(): void } {
  const address = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => wanted,
  );
  return {
    wanted: address,
    stay: () => want(null),
    leave: () => {
      unsaved.clear();
      want(null);
      if (address !== null) go(address);
    },
  };
}
