// The frame of every page: bar, navigation, notifications, help, and the page that the address names.
import AppLayout from '@cloudscape-design/components/app-layout';
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import SideNavigation from '@cloudscape-design/components/side-navigation';
import { Suspense, lazy, useCallback, useMemo, useState } from 'react';
import { NAVIGATION, breadcrumbs } from './navigation-config';
import { here, isElsewhere, moved } from './kms/place';
import { Loading } from './parts/loading';
import { Page, pageOf } from './pages-config';
import { KEYS, START_PAGE, go, parse, useAddress, type Route } from './routes';
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
import { WorldProvider } from './world/context';
import type { Place, WorldClient } from './world/protocol';

const Help = lazy(() => import('./shell/help'));

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
  const { contentType, section } = pageOf(route);
  const isWizard = contentType === 'wizard';
  const { layout, open: helping } = useHelping();
  const navigation = useNavigation();
  const lessonPanel = useLessonPanel();
  return (
    <AppLayout
      ref={layout}
      {...lessonPanel}
      headerSelector="#top"
      ariaLabels={words.layout}
      contentType={contentType}
      stickyNotifications
      notifications={<Notifications standing={standing} />}
      navigation={
        <SideNavigation
          header={{ href: START_PAGE, text: words.service }}
          items={NAVIGATION}
          activeHref={section}
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
