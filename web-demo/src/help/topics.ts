// All topics of the help panel, and which of them a page is about.
import type { Route } from '../routes';
import { accessTopics } from './access';
import { auditTopics } from './audit';
import { creatingTopics } from './creating';
import { keyTopics } from './keys';
import { lessonTopics } from './lessons';
import { storeTopics } from './stores';
import type { Topic } from './topic';
import { usingTopics } from './using';
import { worldTopics } from './world';

const ALL = { ...lessonTopics, ...keyTopics, ...creatingTopics, ...usingTopics, ...accessTopics, ...auditTopics, ...storeTopics, ...worldTopics };

/** `playground` is the one that tells of the whole. */
export type TopicName = keyof typeof ALL | typeof ABOUT;

export const ABOUT = 'playground';

export const TOPICS: Record<Exclude<TopicName, typeof ABOUT>, Topic> = ALL;

/** The topic of a page has the page's name, save for pages that are about one of several things. */
export function topicOf(route: Route): TopicName {
  if (route.page === 'key-stores') return route.type === 'AWS_CLOUDHSM' ? 'cloudhsm-key-stores' : 'external-key-stores';
  return route.page in ALL ? (route.page as TopicName) : ABOUT;
}
