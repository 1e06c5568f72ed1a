// The navigation at the side, and the way back from each page.
import type { BreadcrumbGroupProps } from '@cloudscape-design/components/breadcrumb-group';
import type { SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import { CLOCK, FAULTS, JOURNAL, KEYS, QUOTAS, keyAddress, type Route } from './routes';
import { words } from './words';

export const NAVIGATION: SideNavigationProps.Item[] = [
  { type: 'link', text: words.keys.title, href: KEYS },
  { type: 'divider' },
  {
    type: 'section-group',
    title: words.world,
    items: [
      { type: 'link', text: words.clock.title, href: CLOCK },
      { type: 'link', text: words.journal.title, href: JOURNAL },
      { type: 'link', text: words.quotas.title, href: QUOTAS },
      { type: 'link', text: words.faults.title, href: FAULTS },
    ],
  },
];

type Crumb = BreadcrumbGroupProps.Item;

export function breadcrumbs(route: Route): Crumb[] {
  const service: Crumb = { text: words.service, href: KEYS };
  const keys: Crumb = { text: words.keys.title, href: KEYS };
  switch (route.page) {
    case 'keys':
      return [service, keys];
    case 'create-key':
      return [service, keys, { text: words.create.title, href: '' }];
    case 'key':
      return [service, keys, { text: `${words.key.breadcrumb} ${route.keyId}`, href: '' }];
    case 'import':
      return [
        service,
        keys,
        { text: `${words.key.breadcrumb} ${route.keyId}`, href: keyAddress(route.keyId, 'material') },
        { text: words.importing.title, href: '' },
      ];
    case 'journal':
      return [service, { text: words.journal.title, href: JOURNAL }];
    case 'clock':
      return [service, { text: words.clock.title, href: CLOCK }];
    case 'faults':
      return [service, { text: words.faults.title, href: FAULTS }];
    case 'quotas':
      return [service, { text: words.quotas.title, href: QUOTAS }];
  }
}
