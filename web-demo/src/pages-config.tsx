// All pages: how each is loaded and shown, and where the navigation shows it. Code of a page is fetched when it is shown.
import type { AppLayoutProps } from '@cloudscape-design/components/app-layout';
import { lazy, type ComponentType, type ReactNode } from 'react';
import {
  AWS_MANAGED_KEYS,
  CALLS,
  CLOCK,
  CLUSTERS,
  CREATE_KEY,
  DIRECTORY,
  EVENTS,
  EVENT_HISTORY,
  FAULTS,
  INSPECT,
  JOURNAL,
  KEYS,
  KEY_MANAGERS,
  LEAST_PRIVILEGE,
  LOCK_OUT,
  METRICS,
  OPEN,
  OPERATION_PAGES,
  POLICY_LAB,
  QUOTAS,
  SHARE,
  SIDE_BY_SIDE,
  START_PAGE,
  go,
  importAddress,
  keyAddress,
  storeAddress,
  storesAddress,
  type Route,
} from './routes';
import { usePlace } from './world/context';

type Name = Route['page'];
type RouteOf<N extends Name> = Extract<Route, { page: N }>;

/** A page, for the routes that lead to it. */
interface PageEntry<R extends Route> {
  contentType: AppLayoutProps.ContentType;
  /** The entry of the navigation to which it belongs. */
  section(this: void, route: R): string;
  show(this: void, route: R, region: string): ReactNode;
}

type Shown<R extends Route, P> = (Page: ComponentType<P>, route: R, region: string) => ReactNode;

/** An entry whose page is in a file of its own. */
function page<R extends Route, P>(
  load: () => Promise<{ default: ComponentType<P> }>,
  contentType: AppLayoutProps.ContentType,
  section: string | ((route: R) => string),
  show: Shown<R, P>,
): PageEntry<R> {
  const Page = lazy(load) as ComponentType<P>;
  return {
    contentType,
    section: typeof section === 'string' ? () => section : section,
    show: (route, region) => show(Page, route, region),
  };
}

const PAGES: { [N in Name]: PageEntry<RouteOf<N>> } = {
  start: page(() => import('./pages/start/page'), 'default', START_PAGE, (Page) => <Page />),
  lesson: page(() => import('./pages/lesson/page'), 'default', START_PAGE, (Page, { id }) => <Page key={id} id={id} />),
  keys: page(() => import('./pages/keys/page'), 'table', KEYS, (Page) => <Page onCreate={() => go(CREATE_KEY)} />),
  'aws-managed-keys': page(() => import('./pages/aws-managed-keys/page'), 'table', AWS_MANAGED_KEYS, (Page) => <Page />),
  'create-key': page(() => import('./pages/create-key/page'), 'wizard', KEYS, (Page, { store }) => (
    <Page key={store ?? ''} store={store} onCreated={created} onCancel={() => go(store ? storeAddress(store) : KEYS)} />
  )),
  // A key and its replica have one id: each has a page of its own.
  key: page(() => import('./pages/key/page'), 'default', KEYS, (Page, { keyId, tab }, region) => (
    <Page key={`${region} ${keyId}`} keyId={keyId} tab={tab} />
  )),
  import: page(() => import('./pages/import/page'), 'wizard', KEYS, (Page, { keyId, materialId }, region) => (
    <Page key={`${region} ${keyId}`} keyId={keyId} materialId={materialId} />
  )),
  journal: page(() => import('./pages/journal/page'), 'table', JOURNAL, (Page) => <Page />),
  clock: page(() => import('./pages/clock/page'), 'default', CLOCK, (Page) => <Page />),
  faults: page(() => import('./pages/faults/page'), 'default', FAULTS, (Page) => <Page />),
  quotas: page(() => import('./pages/quotas/page'), 'default', QUOTAS, (Page) => <Page />),
  calls: page(() => import('./pages/calls/page'), 'table', CALLS, (Page) => <Page />),
  'event-history': page(() => import('./pages/event-history/page'), 'table', EVENT_HISTORY, (Page, { record }) => <Page record={record} />),
  metrics: page(() => import('./pages/metrics/page'), 'default', METRICS, (Page) => <Page />),
  events: page(() => import('./pages/events/page'), 'table', EVENTS, (Page) => <Page />),
  'least-privilege': page(() => import('./pages/least-privilege/page'), 'default', LEAST_PRIVILEGE, (Page, { tab }) => <Page tab={tab} />),
  directory: page(() => import('./pages/directory/page'), 'default', DIRECTORY, (Page, { tab }) => <Page tab={tab} />),
  'lock-out': page(() => import('./pages/lock-out/page'), 'default', LOCK_OUT, (Page) => <Page />),
  'policy-lab': page(() => import('./pages/policy-lab/page'), 'default', POLICY_LAB, (Page, { tab }) => <Page tab={tab} />),
  'key-stores': page(() => import('./pages/key-stores/page'), 'table', ({ type }) => storesAddress(type), (Page, { type }) => (
    <Page key={type} type={type} />
  )),
  'create-store': page(() => import('./pages/create-store/page'), 'form', ({ type }) => storesAddress(type), (Page, { type }) => (
    <Page key={type} type={type} />
  )),
  'key-store': page(() => import('./pages/key-store/page'), 'default', storesAddress('EXTERNAL_KEY_STORE'), (Page, { id }, region) => (
    <Page key={`${region} ${id}`} id={id} />
  )),
  clusters: page(() => import('./pages/clusters/page'), 'default', CLUSTERS, (Page, { id }) => <Page id={id} />),
  'key-managers': page(() => import('./pages/key-managers/page'), 'default', KEY_MANAGERS, (Page, { name }) => <Page name={name} />),
  share: page(() => import('./pages/share/page'), 'default', SHARE, (Page) => <Page />),
  open: page(() => import('./pages/open/page'), 'default', OPEN, (Page) => <Page />),
  world: page(() => import('./pages/world/page'), 'default', OPEN, (Page, { link }) => <Page key={link} link={link} />),
  'side-by-side': page(() => import('./pages/side-by-side/page'), 'default', SIDE_BY_SIDE, (Page) => <Page />),
  inspect: page(() => import('./pages/inspect/page'), 'default', INSPECT, (Page, { query }) => <Page key={query} query={query} />),
  operations: page(() => import('./pages/operations/page'), 'default', OPERATION_PAGES, (Page, { name }) => (
    <Page key={name ?? ''} name={name} />
  )),
};

/** What a route leads to. */
export function pageOf(route: Route): { contentType: AppLayoutProps.ContentType; section: string } {
  const { contentType, section } = entryOf(route);
  return { contentType, section: section(route) };
}

export function Page({ route }: { route: Route }) {
  const { region } = usePlace();
  return entryOf(route).show(route, region);
}

function entryOf(route: Route): PageEntry<Route> {
  // Under the name of a route stands an entry for it.
  return PAGES[route.page] as PageEntry<Route>;
}

/** A key without key material is good for nothing before it has some (P4-312). */
function created(keyId: string, origin: string): void {
  go(origin === 'EXTERNAL' ? importAddress(keyId) : keyAddress(keyId));
}
