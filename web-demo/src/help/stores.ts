// Help on custom key stores, and on what stands behind them.
import { api, guide, type Topic } from './topic';

export const storeTopics = {
  'cloudhsm-key-stores': {
    title: 'AWS CloudHSM key stores',
    text: [
      'The keys of such a store have their material in an AWS CloudHSM cluster of yours. KMS logs in there as the user kmsuser, whose password you give when you connect the store.',
      'While a store is disconnected, or its cluster is in trouble, its keys are unavailable. The error of a failed connection says what to repair.',
    ],
    more: [guide('keystore-cloudhsm', 'CloudHSM key stores'), guide('fix-keystore', 'Repair a key store'), api('ConnectCustomKeyStore')],
  },
  'external-key-stores': {
    title: 'External key stores',
    text: [
      'A key of such a store stands for a key in a key manager outside of AWS. Each use goes through a proxy that the owner of the manager runs: if it does not answer within 250 milliseconds, the call fails.',
      'KMS encrypts under material of its own as well, so that the manager alone cannot read what was encrypted.',
    ],
    more: [guide('keystore-external', 'External key stores'), guide('xks-troubleshooting', 'When something fails'), api('CreateCustomKeyStore')],
  },
  'create-store': {
    title: 'Create a key store',
    text: ['A store needs what stands behind it first: an active cluster with HSMs, or a proxy that answers. KMS tests both before it creates the store, and again when it connects it.'],
    more: [guide('create-keystore', 'Create a CloudHSM key store'), guide('create-xks-keystore', 'Create an external key store'), api('CreateCustomKeyStore')],
  },
  'key-store': {
    title: 'A custom key store',
    text: [
      'Connect it, and keys can be created and used in it; disconnect it, and they become unavailable, with nothing lost. To delete a store, delete its keys first and disconnect it.',
    ],
    more: [guide('connect-keystore', 'Connect a key store'), api('DescribeCustomKeyStores'), api('UpdateCustomKeyStore')],
  },
  clusters: {
    title: 'AWS CloudHSM clusters',
    text: ['Outside of KMS: the clusters that key stores use, simulated. Add and remove HSMs, change the password of kmsuser, let it be locked out, restore a backup, and see what becomes of the keys.'],
    more: [guide('keystore-cloudhsm', 'CloudHSM key stores'), guide('fix-keystore', 'Repair a key store')],
  },
  'key-managers': {
    title: 'External key managers',
    text: ['Outside of AWS: key managers with their proxies, simulated. Turn a proxy off, let it answer late or wrongly, disable a key in the manager, and see which error KMS gives.'],
    more: [guide('keystore-external', 'External key stores'), guide('xks-troubleshooting', 'When something fails')],
  },
} satisfies Record<string, Topic>;
