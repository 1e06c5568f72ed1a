// The bar at the top: the world's clock, the Region, the caller, light or dark.
import TopNavigation, { type TopNavigationProps } from '@cloudscape-design/components/top-navigation';
import { ACCOUNTS, REGIONS, callerName, grouped } from '../kms/places-config';
import { toMinutes } from '../parts/instants';
import { useNow } from '../parts/now';
import { CLOCK, KEYS } from '../routes';
import { words } from '../words';
import type { Place } from '../world/protocol';
import { STEPS } from './clock-config';
import { useTurn } from './turn';

interface Props {
  place: Place;
  onPlace(place: Place): void;
  theme: { dark: boolean; toggle: () => void };
  onReset(): void;
}

type Utility = TopNavigationProps.MenuDropdownUtility;

export function TopBar({ place, onPlace, theme, onReset }: Props) {
  const clock = useClockMenu();
  return (
    <TopNavigation
      identity={{ href: KEYS, title: words.title }}
      utilities={[
        ...(clock ? [clock] : []),
        regionMenu(place, onPlace),
        callerMenu(place, onPlace),
        settingsMenu(theme, onReset),
      ]}
      i18nStrings={words.topNavigation}
    />
  );
}

function useClockMenu(): Utility | null {
  const now = useNow();
  const { turn } = useTurn();
  if (now === null) return null;
  return {
    type: 'menu-dropdown',
    iconName: 'calendar',
    text: toMinutes(now),
    ariaLabel: words.clock.menu(toMinutes(now)),
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
    description: place.caller,
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

