// The frame of every page: bar, navigation, notifications, help, and the page that the address names.
import AppLayout, { type AppLayoutProps } from '@cloudscape-design/components/app-layout';
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import SideNavigation from '@cloudscape-design/components/side-navigation';
import { Suspense, lazy, useCallback, useState } from 'react';
import { NAVIGATION, breadcrumbs } from './navigation-config';
import { FIRST_PLACE, accountOf } from './kms/places-config';
import { Loading } from './parts/loading';
import { CLOCK, CREATE_KEY, JOURNAL, KEYS, go, keyAddress, parse, useAddress, type Route } from './routes';
import { useArrival } from './shell/arrival';
import { Boundary } from './shell/boundary';
import { DraftsProvider } from './shell/drafts';
import { Help } from './shell/help';
import { NotificationProvider, Notifications } from './shell/notifications';
import { usePreference } from './shell/preferences';
import { ResetModal } from './shell/reset';
import { useTheme } from './shell/theme';
import { TopBar } from './shell/top-navigation';
import { WorldState } from './shell/world-state';
import { words } from './words';
import { WorldProvider } from './world/context';
import type { Place, WorldClient } from './world/protocol';

const KeysPage = lazy(() => import('./pages/keys/page'));
const CreateKeyPage = lazy(() => import('./pages/create-key/page'));
const KeyPage = lazy(() => import('./pages/key/page'));
const JournalPage = lazy(() => import('./pages/journal/page'));
const ClockPage = lazy(() => import('./pages/clock/page'));

const CONTENT_TYPES: Record<Route['page'], AppLayoutProps.ContentType> = {
  keys: 'table',
  'create-key': 'wizard',
  key: 'default',
  journal: 'table',
  clock: 'default',
};

export function App({ client }: { client: WorldClient }) {
  const [place, setPlace] = usePreference<Place>('place', FIRST_PLACE);
  const theme = useTheme();
  const [resetting, setResetting] = useState(false);
  const address = useAddress();
  const move = useCallback(
    (next: Place) => {
      // A key belongs to a Region and an account: elsewhere its page would show nothing.
      const elsewhere = next.region !== place.region || accountOf(next.caller) !== accountOf(place.caller);
      if (elsewhere && parse(window.location.hash).page === 'key') go(KEYS);
      setPlace(next);
    },
    [place, setPlace],
  );
  const reset = useCallback(() => setResetting(true), []);
  return (
    <WorldProvider client={client} place={place}>
      <NotificationProvider>
        <DraftsProvider>
          <div id="top">
            <TopBar place={place} onPlace={move} theme={theme} onReset={reset} />
          </div>
          <Frame address={address} onReset={reset} />
          {resetting && <ResetModal onDismiss={() => setResetting(false)} />}
        </DraftsProvider>
      </NotificationProvider>
    </WorldProvider>
  );
}

function Frame({ address, onReset }: { address: string; onReset: () => void }) {
  const route = parse(address);
  useArrival(route);
  const [helping, setHelping] = useState(false);
  const [navigating, setNavigating] = useState(!isNarrow());
  return (
    <AppLayout
      headerSelector="#top"
      ariaLabels={words.layout}
      contentType={CONTENT_TYPES[route.page]}
      stickyNotifications
      notifications={<Notifications />}
      navigation={
        <SideNavigation
          header={{ href: KEYS, text: words.service }}
          items={NAVIGATION}
          activeHref={section(route)}
          onFollow={() => setNavigating(!isNarrow())}
        />
      }
      navigationOpen={navigating}
      navigationHide={route.page === 'create-key'}
      // Entering the wizard closes the navigation for its time alone.
      onNavigationChange={({ detail }) => route.page !== 'create-key' && setNavigating(detail.open)}
      breadcrumbs={<BreadcrumbGroup items={breadcrumbs(route)} ariaLabel={words.breadcrumbs} />}
      tools={<Help />}
      toolsOpen={helping}
      onToolsChange={({ detail }) => setHelping(detail.open)}
      content={
        <Boundary address={address} onReset={onReset}>
          <WorldState onReset={onReset}>
            <Suspense fallback={<Loading />}>
              <Page route={route} />
            </Suspense>
          </WorldState>
        </Boundary>
      }
    />
  );
}

function Page({ route }: { route: Route }) {
  switch (route.page) {
    case 'create-key':
      return <CreateKeyPage onCreated={(keyId) => go(keyAddress(keyId))} onCancel={() => go(KEYS)} />;
    case 'key':
      return <KeyPage key={route.keyId} keyId={route.keyId} tab={route.tab} />;
    case 'journal':
      return <JournalPage />;
    case 'clock':
      return <ClockPage />;
    case 'keys':
      return <KeysPage onCreate={() => go(CREATE_KEY)} />;
  }
}

/** On narrow screens the navigation covers the page, so it opens on demand and closes behind a choice. */
function isNarrow(): boolean {
  return matchMedia('(max-width: 688px)').matches;
}

/** Which entry of the navigation a page belongs to. */
function section({ page }: Route): string {
  return page === 'journal' ? JOURNAL : page === 'clock' ? CLOCK : KEYS;
}
