// The addresses of pages. They follow the `#`, so that any server of static files can serve them.
import { useSyncExternalStore } from 'react';
import type { StoreType } from './world/operations';

export type Route =
  | { page: 'start' }
  | { page: 'lesson'; id: string }
  | { page: 'keys' }
  | { page: 'aws-managed-keys' }
  | { page: 'create-key'; store: string | undefined }
  | { page: 'key'; keyId: string; tab: string | undefined }
  | { page: 'import'; keyId: string; materialId: string | undefined }
  | { page: 'journal' }
  | { page: 'clock' }
  | { page: 'faults' }
  | { page: 'quotas' }
  | { page: 'calls' }
  | { page: 'event-history'; record: RecordName | undefined }
  | { page: 'metrics' }
  | { page: 'events' }
  | { page: 'least-privilege'; tab: string | undefined }
  | { page: 'directory'; tab: string | undefined }
  | { page: 'lock-out' }
  | { page: 'policy-lab'; tab: string | undefined }
  | { page: 'key-stores'; type: StoreType }
  | { page: 'create-store'; type: StoreType }
  | { page: 'key-store'; id: string }
  | { page: 'clusters'; id: string | undefined }
  | { page: 'key-managers'; name: string | undefined }
  | { page: 'share' }
  | { page: 'open' }
  | { page: 'world'; link: string }
  | { page: 'side-by-side' }
  | { page: 'inspect'; query: string }
  | { page: 'operations'; name: string | undefined };

/** A record by its own id, or by that of the request. */
export interface RecordName {
  by: 'event' | 'request';
  id: string;
}

export const START_PAGE = '#/';
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
export const POLICY_LAB = '#/policy-lab';
export const EVENT_HISTORY = '#/event-history';
export const METRICS = '#/metrics';
export const EVENTS = '#/events';
export const LEAST_PRIVILEGE = '#/least-privilege';
export const CLUSTERS = '#/clusters';
export const KEY_MANAGERS = '#/key-managers';
export const SHARE = '#/share';
/** Where another world is opened: of a link, of a file, or an empty one. */
export const OPEN = '#/open';
export const SIDE_BY_SIDE = '#/side-by-side';
export const INSPECT = '#/inspect';

/** Before a link that carries a world. */
const LINKED = '#/world';
export const OPERATION_PAGES = '#/operations';

const LESSONS = '#/lessons';
const KEY_STORES = '#/key-stores';
const LISTS: Record<StoreType, string> = { AWS_CLOUDHSM: `${KEY_STORES}/cloudhsm`, EXTERNAL_KEY_STORE: `${KEY_STORES}/external` };
const TYPES: readonly StoreType[] = ['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'];

/** Stands where a key's tab would. */
const IMPORT = 'import';

export function lessonAddress(id: string): string {
  return `${LESSONS}/${id}`;
}

export function keyAddress(keyId: string, tab?: string): string {
  return `${KEYS}/${encodeURIComponent(keyId)}${tab ? `/${tab}` : ''}`;
}

/** The wizard that creates a key, in this custom key store if one is named. */
export function createKeyAddress(store?: string): string {
  return store === undefined ? CREATE_KEY : `${CREATE_KEY}/${store}`;
}

export function storesAddress(type: StoreType): string {
  return LISTS[type];
}

export function createStoreAddress(type: StoreType): string {
  return `${LISTS[type]}/create`;
}

export function storeAddress(id: string): string {
  return `${KEY_STORES}/${id}`;
}

export function clusterAddress(id: string): string {
  return `${CLUSTERS}/${id}`;
}

/** `name` is an endpoint with a prefix, such as `https://xks.example.com/prefix`. */
export function managerAddress(name: string): string {
  return `${KEY_MANAGERS}/${encodeURIComponent(name)}`;
}

/** The page of an operation, or of something that several operations have. */
export function operationAddress(name: string): string {
  return `${OPERATION_PAGES}/${name}`;
}

export function labAddress(tab: string): string {
  return `${POLICY_LAB}/${tab}`;
}

export function recordAddress(eventId: string): string {
  return `${EVENT_HISTORY}/event/${eventId}`;
}

/** The record of a call. */
export function requestAddress(requestId: string): string {
  return `${EVENT_HISTORY}/request/${requestId}`;
}

export function privilegeAddress(tab: string): string {
  return `${LEAST_PRIVILEGE}/${tab}`;
}

export function directoryAddress(tab: string): string {
  return `${DIRECTORY}/${tab}`;
}

/** Where key material is imported; `materialId` names one that the key has had before. */
export function importAddress(keyId: string, materialId?: string): string {
  return keyAddress(keyId, materialId === undefined ? IMPORT : `${IMPORT}/${materialId}`);
}

/** Where a link is looked at. */
export function linkedAddress(link: string): string {
  return `${LINKED}/${link}`;
}

/** What carries the world in an address that somebody has pasted, or is pasted by itself; `undefined` where nothing does. */
export function linkIn(text: string): string | undefined {
  const [, behindIt] = text.trim().split(`${LINKED}/`);
  const link = behindIt ?? text.trim();
  return /^[\w-]+$/.test(link) ? link : undefined;
}

export function parse(address: string): Route {
  if (['', '#', START_PAGE, LESSONS].includes(address)) return { page: 'start' };
  if (begins(address, LESSONS)) return { page: 'lesson', id: behind(address, LESSONS) ?? '' };
  if (begins(address, CREATE_KEY)) return { page: 'create-key', store: behind(address, CREATE_KEY) };
  if (address === AWS_MANAGED_KEYS) return { page: 'aws-managed-keys' };
  if (address === JOURNAL) return { page: 'journal' };
  if (address === SHARE) return { page: 'share' };
  if (address === OPEN) return { page: 'open' };
  if (address === SIDE_BY_SIDE) return { page: 'side-by-side' };
  if (begins(address, LINKED)) return { page: 'world', link: behind(address, LINKED) ?? '' };
  if (address === CLOCK) return { page: 'clock' };
  if (address === FAULTS) return { page: 'faults' };
  if (address === QUOTAS) return { page: 'quotas' };
  if (address === CALLS) return { page: 'calls' };
  if (address === METRICS) return { page: 'metrics' };
  if (address === EVENTS) return { page: 'events' };
  if (begins(address, EVENT_HISTORY)) return { page: 'event-history', record: recordName(address.slice(EVENT_HISTORY.length + 1)) };
  if (begins(address, LEAST_PRIVILEGE)) return { page: 'least-privilege', tab: behind(address, LEAST_PRIVILEGE) };
  if (address === LOCK_OUT) return { page: 'lock-out' };
  if (begins(address, DIRECTORY)) return { page: 'directory', tab: behind(address, DIRECTORY) };
  if (begins(address, POLICY_LAB)) return { page: 'policy-lab', tab: behind(address, POLICY_LAB) };
  if (begins(address, CLUSTERS)) return { page: 'clusters', id: behind(address, CLUSTERS) };
  if (begins(address, KEY_MANAGERS)) return { page: 'key-managers', name: behind(address, KEY_MANAGERS) };
  if (begins(address, INSPECT) || address.startsWith(`${INSPECT}?`)) return { page: 'inspect', query: address.slice(INSPECT.length + 1) };
  if (begins(address, OPERATION_PAGES)) return { page: 'operations', name: behind(address, OPERATION_PAGES) };
  if (begins(address, KEY_STORES)) return parseStores(address);
  const [keyId, tab, rest] = address.startsWith(`${KEYS}/`) ? address.slice(KEYS.length + 1).split('/') : [];
  if (keyId && tab === IMPORT) return { page: 'import', keyId: decoded(keyId), materialId: rest };
  return keyId ? { page: 'key', keyId: decoded(keyId), tab } : { page: 'keys' };
}

function parseStores(address: string): Route {
  for (const type of TYPES) {
    if (address === LISTS[type]) return { page: 'key-stores', type };
    if (address === createStoreAddress(type)) return { page: 'create-store', type };
  }
  const id = behind(address, KEY_STORES);
  return id === undefined ? { page: 'key-stores', type: 'AWS_CLOUDHSM' } : { page: 'key-store', id };
}

function recordName(rest: string): RecordName | undefined {
  const [by, id] = rest.split('/');
  return id && (by === 'event' || by === 'request') ? { by, id: decoded(id) } : undefined;
}

/** Whether it is this address, or one below it. */
function begins(address: string, start: string): boolean {
  return address === start || address.startsWith(`${start}/`);
}

/** What stands below `start`. */
function behind(address: string, start: string): string | undefined {
  const rest = address.slice(start.length + 1);
  return rest === '' ? undefined : decoded(rest);
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
