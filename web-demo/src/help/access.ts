// Help on who may do what: the pages about access.
import { api, guide, iam, type Topic } from './topic';

export const accessTopics = {
  'policy-lab': {
    title: 'Policy lab',
    text: [
      'Ask who can do what to a key, and by which statement; try a request by policies that nobody has installed; and see who would gain and who would lose access before a policy is changed. All of it happens in a copy of the world.',
      'The answers come from the same judge that decides on every call here.',
    ],
    more: [guide('determining-access', 'Determine access to a key'), guide('policy-evaluation', 'How a request is decided')],
  },
  directory: {
    title: 'Directory',
    text: [
      'Users, groups, roles, their policies and boundaries, organizations with their control policies, and VPC endpoints: what KMS asks of IAM and its neighbours. As long as nobody is registered in an account, identity policies allow its callers everything.',
    ],
    more: [iam('access_policies', 'Policies and permissions'), guide('control-access', 'Access to KMS keys')],
  },
  calls: {
    title: 'Calls and decisions',
    text: ['The last calls of this page, with what was decided on each and why, and the last that anybody was refused. All that you have done becomes one script, in the language that you choose.'],
    more: [guide('policy-evaluation', 'How a request is decided')],
  },
  'lock-out': {
    title: 'Locked out, and out again',
    text: ['A key policy can shut out its whole account. In AWS only the support can then help; here you see step by step how it comes to that, and how to prevent it.'],
    more: [guide('key-policy-default', 'How the default policy prevents it'), api('PutKeyPolicy')],
  },
  'least-privilege': {
    title: 'Least privilege',
    text: ['From what was recorded follows what a caller needs, and no more: a policy of the calls that it has made. What it was allowed and never needed can be taken away.'],
    more: [guide('least-privilege', 'Least privilege'), guide('kms-api-permissions-reference', 'Permissions of each operation')],
  },
} satisfies Record<string, Topic>;
