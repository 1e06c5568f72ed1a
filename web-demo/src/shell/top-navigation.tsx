// The bar at the top: the world's clock, the Region, who you are, light or dark.
import TopNavigation, { type TopNavigationProps } from '@cloudscape-design/components/top-navigation';
import { useCallback, useMemo, useState } from 'react';
import { REGIONS } from '../kms/places-config';
import { useMinute } from '../parts/now';
import { CLOCK, START_PAGE } from '../routes';
import { words } from '../words';
import type { Place, Turn } from '../world/protocol';
import { ActAs } from './act-as';
import { STEPS } from './clock-config';
import { useAccounts } from './directory';
import type { Theme } from './theme';
import { useTurn } from './turn';
import { whoMenu } from './who-menu';

interface Props {
  place: Place;
  onMove(to: Partial<Place>): void;
  theme: Theme;
  onReset(): void;
}

type Utility = TopNavigationProps.MenuDropdownUtility;

export function TopBar({ place, onMove, theme, onReset }: Props) {
  // The clock has its place before it has a time: an entry that comes later would move the others under the pointer.
  const minute = useMinute(hasNoOpenMenu) ?? words.loading;
  const { turn } = useTurn();
  const accounts = useAccounts();
  const [acting, setActing] = useState(false);
  const act = useCallback(() => setActing(true), []);
  // The bar measures itself again for every new list, and closes its menus.
  const utilities = useMemo(
    () => [
      clockMenu(minute, turn),
      regionMenu(place, onMove),
      whoMenu(place, accounts, onMove, act),
      settingsMenu(theme, onReset),
    ],
    [minute, turn, place, accounts, onMove, act, theme, onReset],
  );
  return (
    <>
      <TopNavigation identity={IDENTITY} utilities={utilities} i18nStrings={words.topNavigation} />
      {acting && <ActAs onDone={() => setActing(false)} />}
    </>
  );
}

const IDENTITY = { href: START_PAGE, title: words.title };

/** Whoever has opened a menu of the bar may take their time: until it closes, the bar shows an older minute. */
function hasNoOpenMenu(): boolean {
  return document.querySelector('#top [aria-expanded="true"]') === null;
}

function clockMenu(minute: string, turn: (turn: Turn) => Promise<unknown>): Utility {
  return {
    type: 'menu-dropdown',
    iconName: 'calendar',
    text: minute,
    ariaLabel: words.clock.menu(minute),
    title: words.clock.title,
    items: [
      ...STEPS.map(({ span, label }) => ({ id: span, text: words.clock.advanceBy(label), iconName: 'add-plus' as const })),
      { id: CLOCK, text: words.clock.open, href: CLOCK },
    ],
    onItemClick: ({ detail }) => {
      if (detail.id !== CLOCK) void turn({ advance: detail.id });
    },
  };
}

function regionMenu(place: Place, onMove: Props['onMove']): Utility {
  return {
    type: 'menu-dropdown',
    text: place.region,
    ariaLabel: words.place.region(place.region),
    title: words.place.regionTitle,
    items: REGIONS.map(({ id, name }) => ({
      id,
      itemType: 'checkbox',
      checked: id === place.region,
      text: name,
      secondaryText: id,
    })),
    onItemClick: ({ detail }) => onMove({ region: detail.id }),
  };
}

function settingsMenu(theme: Props['theme'], onReset: () => void): Utility {
  return {
    type: 'menu-dropdown',
    iconName: 'settings',
    ariaLabel: words.settings.title,
    title: words.settings.title,
    items: [
      { id: 'theme', text: words.settings.dark, itemType: 'checkbox', checked: theme.dark },
      { id: 'reset', text: words.settings.reset, iconName: 'undo' },
    ],
    onItemClick: ({ detail }) => (detail.id === 'theme' ? theme.toggle() : onReset()),
  };
}

