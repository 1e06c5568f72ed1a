// The addresses of pages. They follow the `#`, so that any server of static files can serve them.
import { useSyncExternalStore } from 'react';

export type Route =
  | { page: 'keys' }
  | { page: 'create-key' }
  | { page: 'key'; keyId: string; tab: string | undefined }
  | { page: 'journal' }
  | { page: 'clock' };

export const KEYS = '#/keys';
export const CREATE_KEY = '#/keys/create';
export const JOURNAL = '#/journal';
export const CLOCK = '#/clock';

export function keyAddress(keyId: string, tab?: string): string {
  return `${KEYS}/${encodeURIComponent(keyId)}${tab ? `/${tab}` : ''}`;
}

export function parse(address: string): Route {
  if (address === CREATE_KEY) return { page: 'create-key' };
  if (address === JOURNAL) return { page: 'journal' };
  if (address === CLOCK) return { page: 'clock' };
  const [keyId, tab] = address.startsWith(`${KEYS}/`) ? address.slice(KEYS.length + 1).split('/') : [];
  return keyId ? { page: 'key', keyId: decoded(keyId), tab } : { page: 'keys' };
}

/** An address that somebody has mangled names no key, and KMS says so. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function go(address: string): void {
  window.location.hash = address;
}

/** Changes the address without a step in the browser's history. */
export function amend(address: string): void {
  window.location.replace(address);
}

export function useAddress(): string {
  return useSyncExternalStore(watch, () => window.location.hash);
}

function watch(watcher: () => void): () => void {
  window.addEventListener('hashchange', watcher);
  return () => window.removeEventListener('hashchange', watcher);
}
