// The addresses of pages. They follow the `#`, so that any server of static files can serve them.
import { useSyncExternalStore } from 'react';

export type Route =
  | { page: 'keys' }
  | { page: 'aws-managed-keys' }
  | { page: 'create-key' }
  | { page: 'key'; keyId: string; tab: string | undefined }
  | { page: 'import'; keyId: string; materialId: string | undefined }
  | { page: 'journal' }
  | { page: 'clock' }
  | { page: 'faults' }
  | { page: 'quotas' }
  | { page: 'calls' }
  | { page: 'directory'; tab: string | undefined }
  | { page: 'lock-out' };

export const KEYS = '#/keys';
export const AWS_MANAGED_KEYS = '#/aws-managed-keys';
export const CREATE_KEY = '#/keys/create';
export const JOURNAL = '#/journal';
export const CLOCK = '#/clock';
export const FAULTS = '#/faults';
export const QUOTAS = '#/quotas';
export const CALLS = '#/calls';
export const DIRECTORY = '#/directory';
export const LOCK_OUT = '#/lock-out';

/** Stands where a key's tab would. */
const IMPORT = 'import';

export function keyAddress(keyId: string, tab?: string): string {
  return `${KEYS}/${encodeURIComponent(keyId)}${tab ? `/${tab}` : ''}`;
}

export function directoryAddress(tab: string): string {
  return `${DIRECTORY}/${tab}`;
}

/** Where key material is imported; `materialId` names one that the key has had before. */
export function importAddress(keyId: string, materialId?: string): string {
  return keyAddress(keyId, materialId === undefined ? IMPORT : `${IMPORT}/${materialId}`);
}

export function parse(address: string): Route {
  if (address === CREATE_KEY) return { page: 'create-key' };
  if (address === AWS_MANAGED_KEYS) return { page: 'aws-managed-keys' };
  if (address === JOURNAL) return { page: 'journal' };
  if (address === CLOCK) return { page: 'clock' };
  if (address === FAULTS) return { page: 'faults' };
  if (address === QUOTAS) return { page: 'quotas' };
  if (address === CALLS) return { page: 'calls' };
  if (address === LOCK_OUT) return { page: 'lock-out' };
  if (address === DIRECTORY || address.startsWith(`${DIRECTORY}/`)) {
    return { page: 'directory', tab: address.slice(DIRECTORY.length + 1) || undefined };
  }
  const [keyId, tab, rest] = address.startsWith(`${KEYS}/`) ? address.slice(KEYS.length + 1).split('/') : [];
  if (keyId && tab === IMPORT) return { page: 'import', keyId: decoded(keyId), materialId: rest };
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
