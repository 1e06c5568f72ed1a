// Help on what is recorded and measured.
import { guide, type Topic } from './topic';

export const auditTopics = {
  'event-history': {
    title: 'Event history',
    text: [
      'Each call leaves a record, refused or not, as AWS CloudTrail writes it: who has called what, from where, about which key, and how it ended. Plaintexts and key material never appear in it; encryption contexts do.',
      'Records of calls that only look are hidden at first.',
    ],
    more: [guide('logging-using-cloudtrail', 'Log KMS calls with CloudTrail')],
  },
  metrics: {
    title: 'Metrics',
    text: ['What Amazon CloudWatch would show of this world: calls by operation and error, days until imported key material expires, and how proxies of external key stores do.'],
    more: [guide('monitoring-cloudwatch', 'Monitor with CloudWatch')],
  },
  events: {
    title: 'Events',
    text: ['What Amazon EventBridge would be told: that a key was rotated, that imported material has expired, that a key was deleted. The clock makes most of them: nobody has to call.'],
    more: [guide('kms-events', 'Monitor with EventBridge')],
  },
  quotas: {
    title: 'Quotas',
    text: ['How many keys, aliases and grants there may be, and how many calls a second. This world has the values of AWS until you set others. Request quotas are shared by operations of one kind; a call beyond one is refused with ThrottlingException.'],
    more: [guide('limits', 'Quotas'), guide('throttling', 'Throttled requests')],
  },
} satisfies Record<string, Topic>;
