// The frame of every page: bar, navigation, notifications, help, and the page that the address names.
import AppLayout, { type AppLayoutProps } from '@cloudscape-design/components/app-layout';
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import SideNavigation from '@cloudscape-design/components/side-navigation';
import { Suspense, lazy, useCallback, useMemo, useState } from 'react';
import { NAVIGATION, breadcrumbs } from './navigation-config';
import { here, isElsewhere, moved } from './kms/place';
import { Loading } from './parts/loading';
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
  parse,
  storeAddress,
  storesAddress,
  useAddress,
  type Route,
} from './routes';
import { arriveUnasked, focusHeading, useArrival } from './shell/arrival';
import { Boundary } from './shell/boundary';
import { DraftsProvider } from './shell/drafts';
import { setHelping, useHelping } from './shell/helping';
import { useLessonPanel } from './shell/lesson-panel';
import { Leaving } from './shell/leaving';
import { useNavigation } from './shell/navigation';
import { NotificationProvider, Notifications } from './shell/notifications';
import { ResetModal } from './shell/reset';
import { useTheme } from './shell/theme';
import { TopBar } from './shell/top-navigation';
import { Traveller, type Travel } from './shell/travel';
import { Embedded } from './shell/visiting/embedded';
import { isEmbedded } from './shell/visiting/frame';
import { useChosenPlace } from './shell/visiting/place';
import { useVisitingItems } from './shell/visiting/visiting';
import { WorldState } from './shell/world-state';
import { words } from './words';
import { WorldProvider, usePlace } from './world/context';
import type { Place, WorldClient } from './world/protocol';

const StartPage = lazy(() => import('./pages/start/page'));
const LessonPage = lazy(() => import('./pages/lesson/page'));
const KeysPage = lazy(() => import('./pages/keys/page'));
const AwsManagedKeysPage = lazy(() => import('./pages/aws-managed-keys/page'));
const CreateKeyPage = lazy(() => import('./pages/create-key/page'));
const KeyPage = lazy(() => import('./pages/key/page'));
const ImportPage = lazy(() => import('./pages/import/page'));
const JournalPage = lazy(() => import('./pages/journal/page'));
const ClockPage = lazy(() => import('./pages/clock/page'));
const FaultsPage = lazy(() => import('./pages/faults/page'));
const CallsPage = lazy(() => import('./pages/calls/page'));
const EventHistoryPage = lazy(() => import('./pages/event-history/page'));
const MetricsPage = lazy(() => import('./pages/metrics/page'));
const EventsPage = lazy(() => import('./pages/events/page'));
const LeastPrivilegePage = lazy(() => import('./pages/least-privilege/page'));
const DirectoryPage = lazy(() => import('./pages/directory/page'));
const LockOutPage = lazy(() => import('./pages/lock-out/page'));
const PolicyLabPage = lazy(() => import('./pages/policy-lab/page'));
const KeyStoresPage = lazy(() => import('./pages/key-stores/page'));
const CreateStorePage = lazy(() => import('./pages/create-store/page'));
const KeyStorePage = lazy(() => import('./pages/key-store/page'));
const ClustersPage = lazy(() => import('./pages/clusters/page'));
const KeyManagersPage = lazy(() => import('./pages/key-managers/page'));
const InspectPage = lazy(() => import('./pages/inspect/page'));
const OperationsPage = lazy(() => import('./pages/operations/page'));
const QuotasPage = lazy(() => import('./pages/quotas/page'));
const SharePage = lazy(() => import('./pages/share/page'));
const OpenPage = lazy(() => import('./pages/open/page'));
const WorldPage = lazy(() => import('./pages/world/page'));
const SideBySidePage = lazy(() => import('./pages/side-by-side/page'));
const Help = lazy(() => import('./shell/help'));

const CONTENT_TYPES: Record<Route['page'], AppLayoutProps.ContentType> = {
  start: 'default',
  lesson: 'default',
  keys: 'table',
  'aws-managed-keys': 'table',
  'create-key': 'wizard',
  key: 'default',
  import: 'wizard',
  journal: 'table',
  clock: 'default',
  faults: 'default',
  quotas: 'default',
  calls: 'table',
  'event-history': 'table',
  metrics: 'default',
  events: 'table',
  'least-privilege': 'default',
  directory: 'default',
  'lock-out': 'default',
  'policy-lab': 'default',
  'key-stores': 'table',
  'create-store': 'form',
  'key-store': 'default',
  clusters: 'default',
  'key-managers': 'default',
  share: 'default',
  open: 'default',
  world: 'default',
  'side-by-side': 'default',
  inspect: 'default',
  operations: 'default',
};

/** Pages that are about one key, or one key store. */
const ABOUT_A_KEY: readonly Route['page'][] = ['key', 'import', 'key-store'];

export function App({ client }: { client: WorldClient }) {
  const [place, setPlace] = useChosenPlace(client);
  const theme = useTheme();
  const [resetting, setResetting] = useState(false);
  const address = useAddress();
  const move = useCallback(
    (to: Partial<Place>) => {
      const next = moved(place, to);
      // A key belongs to a Region and an account: elsewhere its page would show nothing.
      if (isElsewhere(place, next) && ABOUT_A_KEY.includes(parse(window.location.hash).page)) go(KEYS);
      setPlace(next);
    },
    [place, setPlace],
  );
  const travel = useCallback<Travel>(
    (to, address, { asked } = { asked: true }) => {
      if (address === undefined) move(to);
      else {
        setPlace(moved(place, to));
        go(address);
      }
      if (!asked) arriveUnasked();
      else if (address !== undefined) focusHeading();
    },
    [place, setPlace, move],
  );
  const reset = useCallback(() => setResetting(true), []);
  const current = useMemo(() => here(place), [place]);
  return (
    <WorldProvider client={client} place={current}>
      <NotificationProvider>
        <DraftsProvider>
          <Traveller value={travel}>
            <div id="top">
              {!isEmbedded && <TopBar place={place} onMove={move} theme={theme} onReset={reset} />}
            </div>
            <Frame address={address} onReset={reset} />
          </Traveller>
          <Leaving />
          {resetting && <ResetModal onDismiss={() => setResetting(false)} />}
        </DraftsProvider>
      </NotificationProvider>
    </WorldProvider>
  );
}

function Frame({ address, onReset }: { address: string; onReset: () => void }) {
  const route = parse(address);
  useArrival(route);
  const standing = useVisitingItems();
  const isWizard = CONTENT_TYPES[route.page] === 'wizard';
  const { layout, open: helping } = useHelping();
  const navigation = useNavigation();
  const lessonPanel = useLessonPanel();
  return (
    <AppLayout
      ref={layout}
      {...lessonPanel}
      headerSelector="#top"
      ariaLabels={words.layout}
      contentType={CONTENT_TYPES[route.page]}
      stickyNotifications
      notifications={<Notifications standing={standing} />}
      navigation={
        <SideNavigation
          header={{ href: START_PAGE, text: words.service }}
          items={NAVIGATION}
          activeHref={section(route)}
          onFollow={navigation.followed}
        />
      }
      navigationOpen={navigation.open}
      navigationHide={isWizard || isEmbedded}
      // Entering the wizard closes the navigation for its time alone.
      onNavigationChange={({ detail }) => !isWizard && navigation.toggle(detail.open)}
      breadcrumbs={!isEmbedded && <BreadcrumbGroup items={breadcrumbs(route)} ariaLabel={words.breadcrumbs} />}
      tools={
        <Suspense fallback={<Loading />}>
          <Help route={route} />
        </Suspense>
      }
      toolsHide={isEmbedded}
      toolsOpen={helping}
      onToolsChange={({ detail }) => setHelping(detail.open)}
      content={
        <Boundary address={address} onReset={onReset}>
          <WorldState onReset={onReset}>
            <Suspense fallback={<Loading />}>
              <Page route={route} />
            </Suspense>
            {isEmbedded && <Embedded />}
          </WorldState>
        </Boundary>
      }
    />
  );
}

function Page({ route }: { route: Route }) {
  const { region } = usePlace();
  switch (route.page) {
    case 'start':
      return <StartPage />;
    case 'lesson':
      return <LessonPage key={route.id} id={route.id} />;
    case 'aws-managed-keys':
      return <AwsManagedKeysPage />;
    case 'create-key':
      return <CreateKeyPage key={route.store ?? ''} store={route.store} onCreated={created} onCancel={() => go(route.store ? storeAddress(route.store) : KEYS)} />;
    case 'key':
      // A key and its replica have one id: each has a page of its own.
      return <KeyPage key={`${region} ${route.keyId}`} keyId={route.keyId} tab={route.tab} />;
    case 'import':
      return <ImportPage key={`${region} ${route.keyId}`} keyId={route.keyId} materialId={route.materialId} />;
    case 'journal':
      return <JournalPage />;
    case 'clock':
      return <ClockPage />;
    case 'faults':
      return <FaultsPage />;
    case 'quotas':
      return <QuotasPage />;
    case 'calls':
      return <CallsPage />;
    case 'event-history':
      return <EventHistoryPage record={route.record} />;
    case 'metrics':
      return <MetricsPage />;
    case 'events':
      return <EventsPage />;
    case 'least-privilege':
      return <LeastPrivilegePage tab={route.tab} />;
    case 'directory':
      return <DirectoryPage tab={route.tab} />;
    case 'lock-out':
      return <LockOutPage />;
    case 'policy-lab':
      return <PolicyLabPage tab={route.tab} />;
    case 'key-stores':
      return <KeyStoresPage key={route.type} type={route.type} />;
    case 'create-store':
      return <CreateStorePage key={route.type} type={route.type} />;
    case 'key-store':
      return <KeyStorePage key={`${region} ${route.id}`} id={route.id} />;
    case 'clusters':
      return <ClustersPage id={route.id} />;
    case 'key-managers':
      return <KeyManagersPage name={route.name} />;
    case 'share':
      return <SharePage />;
    case 'open':
      return <OpenPage />;
    case 'world':
      return <WorldPage key={route.link} link={route.link} />;
    case 'side-by-side':
      return <SideBySidePage />;
    case 'inspect':
      return <InspectPage key={route.query} query={route.query} />;
    case 'operations':
      return <OperationsPage key={route.name ?? ''} name={route.name} />;
    case 'keys':
      return <KeysPage onCreate={() => go(CREATE_KEY)} />;
  }
}

/** A key without key material is good for nothing before it has some (P4-312). */
function created(keyId: string, origin: string): void {
  go(origin === 'EXTERNAL' ? importAddress(keyId) : keyAddress(keyId));
}

/** Which entry of the navigation a page belongs to. */
function section(route: Route): string {
  if (route.page === 'key-stores' || route.page === 'create-store') return storesAddress(route.type);
  return {
    start: START_PAGE,
    lesson: START_PAGE,
    journal: JOURNAL,
    clock: CLOCK,
    faults: FAULTS,
    quotas: QUOTAS,
    calls: CALLS,
    'event-history': EVENT_HISTORY,
    metrics: METRICS,
    events: EVENTS,
    'least-privilege': LEAST_PRIVILEGE,
    directory: DIRECTORY,
    'lock-out': LOCK_OUT,
    'aws-managed-keys': AWS_MANAGED_KEYS,
    keys: KEYS,
    key: KEYS,
    import: KEYS,
    'create-key': KEYS,
    'policy-lab': POLICY_LAB,
    'key-store': storesAddress('EXTERNAL_KEY_STORE'),
    clusters: CLUSTERS,
    'key-managers': KEY_MANAGERS,
    share: SHARE,
    open: OPEN,
    world: OPEN,
    'side-by-side': SIDE_BY_SIDE,
    inspect: INSPECT,
    operations: OPERATION_PAGES,
  }[route.page];
}
