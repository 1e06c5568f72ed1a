// The pages that teach, and of which operations each is.
import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import { teaching } from '../../words-of-teaching';
import { recipientWords } from '../../words-of-recipient';
import type { Operation } from '../../world/operations';

export interface Topic {
  /** Stands in the address. */
  id: string;
  said: { title: string };
  operations: readonly Operation[];
  Content: LazyExoticComponent<ComponentType>;
}

export const TOPICS: readonly Topic[] = [
  { id: 'GenerateDataKey', said: teaching.envelope, operations: ['GenerateDataKey'], Content: lazy(() => import('./data-key/envelope')) },
  {
    id: 'GenerateDataKeyWithoutPlaintext',
    said: teaching.withoutPlaintext,
    operations: ['GenerateDataKeyWithoutPlaintext'],
    Content: lazy(() => import('./data-key/without-plaintext')),
  },
  {
    id: 'GenerateDataKeyPair',
    said: teaching.pairs,
    operations: ['GenerateDataKeyPair', 'GenerateDataKeyPairWithoutPlaintext'],
    Content: lazy(() => import('./data-key/pairs')),
  },
  { id: 'ReEncrypt', said: teaching.reEncrypt, operations: ['ReEncrypt'], Content: lazy(() => import('./re-encrypt/re-encrypt')) },
  { id: 'DryRun', said: teaching.dryRun, operations: [], Content: lazy(() => import('./dry-run/dry-run-page')) },
  { id: 'Recipient', said: recipientWords, operations: [], Content: lazy(() => import('./recipient/recipient')) },
  { id: 'DeriveSharedSecret', said: teaching.agreement, operations: ['DeriveSharedSecret'], Content: lazy(() => import('./agreement/agreement')) },
  { id: 'Encapsulate', said: teaching.encapsulation, operations: ['Encapsulate', 'Decapsulate'], Content: lazy(() => import('./encapsulation')) },
  { id: 'GenerateRandom', said: teaching.random, operations: ['GenerateRandom'], Content: lazy(() => import('./random')) },
  {
    id: 'ImportKeyMaterial',
    said: teaching.importing,
    operations: ['GetParametersForImport', 'ImportKeyMaterial', 'DeleteImportedKeyMaterial'],
    Content: lazy(() => import('./importing')),
  },
];

export function topicOf(name: string): Topic | undefined {
  return TOPICS.find(({ id, operations }) => id === name || operations.some((operation) => operation === name));
}
