// The navigation at the side, and the way back from each page.
import type { BreadcrumbGroupProps } from '@cloudscape-design/components/breadcrumb-group';
import type { SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import {
  AWS_MANAGED_KEYS,
  CALLS,
  CLOCK,
  CLUSTERS,
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
  keyAddress,
  storesAddress,
  type Route,
} from './routes';
import { words } from './words';
import type { StoreType } from './world/operations';

export const NAVIGATION: SideNavigationProps.Item[] = [
  { type: 'link', text: words.start.title, href: START_PAGE },
  { type: 'divider' },
  { type: 'link', text: words.awsManaged.title, href: AWS_MANAGED_KEYS },
  { type: 'link', text: words.keys.title, href: KEYS },
  {
    type: 'section',
    text: words.stores.title,
    items: [
      { type: 'link', text: words.stores.lists.AWS_CLOUDHSM.title, href: storesAddress('AWS_CLOUDHSM') },
      { type: 'link', text: words.stores.lists.EXTERNAL_KEY_STORE.title, href: storesAddress('EXTERNAL_KEY_STORE') },
    ],
  },
  { type: 'divider' },
  { type: 'link', text: words.operations.title, href: OPERATION_PAGES },
  { type: 'link', text: words.inspector.title, href: INSPECT },
  { type: 'divider' },
  {
    type: 'section-group',
    title: words.behind,
    items: [
      { type: 'link', text: words.clusters.title, href: CLUSTERS },
      { type: 'link', text: words.managers.title, href: KEY_MANAGERS },
    ],
  },
  { type: 'divider' },
  {
    type: 'section-group',
    title: words.access,
    items: [
      { type: 'link', text: words.lab.title, href: POLICY_LAB },
      { type: 'link', text: words.directory.title, href: DIRECTORY },
      { type: 'link', text: words.calls.title, href: CALLS },
      { type: 'link', text: words.lockOut.title, href: LOCK_OUT },
    ],
  },
  { type: 'divider' },
  {
    type: 'section-group',
    title: words.audit,
    items: [
      { type: 'link', text: words.history.title, href: EVENT_HISTORY },
      { type: 'link', text: words.metrics.title, href: METRICS },
      { type: 'link', text: words.events.title, href: EVENTS },
      { type: 'link', text: words.privilege.title, href: LEAST_PRIVILEGE },
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
      { type: 'link', text: words.sideBySide.title, href: SIDE_BY_SIDE },
      { type: 'link', text: words.share.title, href: SHARE },
      { type: 'link', text: words.open.title, href: OPEN },
    ],
  },
];

type Crumb = BreadcrumbGroupProps.Item;

export function breadcrumbs(route: Route): Crumb[] {
  const service: Crumb = { text: words.service, href: START_PAGE };
  const keys: Crumb = { text: words.keys.title, href: KEYS };
  switch (route.page) {
    case 'start':
      return [service, { text: words.start.title, href: START_PAGE }];
    case 'lesson':
      return [service, { text: words.start.title, href: START_PAGE }, { text: words.lesson.page, href: '' }];
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
    case 'event-history':
      return [service, { text: words.history.title, href: EVENT_HISTORY }, ...rest(route.record?.id)];
    case 'metrics':
      return [service, { text: words.metrics.title, href: METRICS }];
    case 'events':
      return [service, { text: words.events.title, href: EVENTS }];
    case 'least-privilege':
      return [service, { text: words.privilege.title, href: LEAST_PRIVILEGE }];
    case 'directory':
      return [service, { text: words.directory.title, href: DIRECTORY }];
    case 'lock-out':
      return [service, { text: words.lockOut.title, href: LOCK_OUT }];
    case 'quotas':
      return [service, { text: words.quotas.title, href: QUOTAS }];
    case 'policy-lab':
      return [service, { text: words.lab.title, href: POLICY_LAB }];
    case 'key-stores':
      return [service, listOf(route.type)];
    case 'create-store':
      return [service, listOf(route.type), { text: words.stores.lists[route.type].create, href: '' }];
    case 'key-store':
      // Its id does not tell its type.
      return [service, { text: words.stores.title, href: storesAddress('AWS_CLOUDHSM') }, { text: route.id, href: '' }];
    case 'clusters':
      return [service, { text: words.clusters.title, href: CLUSTERS }, ...rest(route.id)];
    case 'share':
      return [service, { text: words.share.title, href: SHARE }];
    case 'open':
      return [service, { text: words.open.title, href: OPEN }];
    case 'world':
      return [service, { text: words.open.title, href: OPEN }, { text: words.linked.title, href: '' }];
    case 'side-by-side':
      return [service, { text: words.sideBySide.title, href: SIDE_BY_SIDE }];
    case 'key-managers':
      return [service, { text: words.managers.title, href: KEY_MANAGERS }, ...rest(route.name)];
    case 'inspect':
      return [service, { text: words.inspector.title, href: INSPECT }];
    case 'operations':
      return [service, { text: words.operations.title, href: OPERATION_PAGES }, ...rest(route.name)];
  }
}

function listOf(type: StoreType): Crumb {
  return { text: words.stores.lists[type].title, href: storesAddress(type) };
}

function rest(name: string | undefined): Crumb[] {
  return name === undefined ? [] : [{ text: name, href: '' }];
}
