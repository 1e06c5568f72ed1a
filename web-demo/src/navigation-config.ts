// The navigation at the side, and the way back from each page.
import type { BreadcrumbGroupProps } from '@cloudscape-design/components/breadcrumb-group';
import type { SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import { AWS_MANAGED_KEYS, CALLS, CLOCK, DIRECTORY, FAULTS, JOURNAL, KEYS, LOCK_OUT, QUOTAS, keyAddress, type Route } from './routes';
import { words } from './words';

export const NAVIGATION: SideNavigationProps.Item[] = [
  { type: 'link', text: words.awsManaged.title, href: AWS_MANAGED_KEYS },
  { type: 'link', text: words.keys.title, href: KEYS },
  { type: 'divider' },
  {
    type: 'section-group',
    title: words.access,
    items: [
      { type: 'link', text: words.directory.title, href: DIRECTORY },
      { type: 'link', text: words.calls.title, href: CALLS },
      { type: 'link', text: words.lockOut.title, href: LOCK_OUT },
    ],
  },
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
    case 'aws-managed-keys':
      return [service, { text: words.awsManaged.title, href: AWS_MANAGED_KEYS }];
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
    case 'calls':
      return [service, { text: words.calls.title, href: CALLS }];
    case 'directory':
      return [service, { text: words.directory.title, href: DIRECTORY }];
    case 'lock-out':
      return [service, { text: words.lockOut.title, href: LOCK_OUT }];
    case 'quotas':
      return [service, { text: words.quotas.title, href: QUOTAS }];
  }
}
