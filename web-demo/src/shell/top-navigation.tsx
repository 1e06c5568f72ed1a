// The bar at the top: the world's clock, the Region, the caller, light or dark.
import TopNavigation, { type TopNavigationProps } from '@cloudscape-design/components/top-navigation';
import { useMemo } from 'react';
import { ACCOUNTS, REGIONS, callerName, grouped } from '../kms/places-config';
import { useMinute } from '../parts/now';
import { CLOCK, KEYS } from '../routes';
import { words } from '../words';
import type { Place, Turn } from '../world/protocol';
import { STEPS } from './clock-config';
import type { Theme } from './theme';
import { useTurn } from './turn';

interface Props {
  place: Place;
  onPlace(place: Place): void;
  theme: Theme;
  onReset(): void;
}

type Utility = TopNavigationProps.MenuDropdownUtility;

export function TopBar({ place, onPlace, theme, onReset }: Props) {
  // The clock has its place before it has a time: an entry that comes later would move the others under the pointer.
  const minute = useMinute(hasNoOpenMenu) ?? words.loading;
  const { turn } = useTurn();
  // The bar measures itself again for every new list, and closes its menus.
  const utilities = useMemo(
    () => [
      clockMenu(minute, turn),
      regionMenu(place, onPlace),
      callerMenu(place, onPlace),
      settingsMenu(theme, onReset),
    ],
    [minute, turn, place, onPlace, theme, onReset],
  );
  return <TopNavigation identity={IDENTITY} utilities={utilities} i18nStrings={words.topNavigation} />;
}

const IDENTITY = { href: KEYS, title: words.title };

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

function regionMenu(place: Place, onPlace: (place: Place) => void): Utility {
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
    onItemClick: ({ detail }) => onPlace({ ...place, region: detail.id }),
  };
}

function callerMenu(place: Place, onPlace: (place: Place) => void): Utility {
  return {
    type: 'menu-dropdown',
    iconName: 'user-profile',
    text: callerName(place.caller),
    ariaLabel: words.place.caller(callerName(place.caller)),
    title: words.place.callerTitle,
    description: words.place.trust(place.caller),
    items: ACCOUNTS.map(({ id, callers }) => ({
      id,
      text: words.place.account(grouped(id)),
      items: callers.map(({ arn, name }) => ({
        id: arn,
        itemType: 'checkbox',
        checked: arn === place.caller,
        text: name,
        secondaryText: arn,
      })),
    })),
    onItemClick: ({ detail }) => onPlace({ ...place, caller: detail.id }),
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

