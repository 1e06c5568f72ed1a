// The tabs of a key, by what it can do (P1-202).
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { canRotate } from '../../kms/rotation';
import { keyTypeOf } from '../../kms/specs-config';
import { words } from '../../words';
import type { KeyMetadata } from '../../world/operations';
import { Aliases } from './aliases';
import { Authenticate } from './authenticate';
import { Cryptography } from './cryptography';
import { EncapsulateDecapsulate } from './encapsulate';
import { EncryptDecrypt } from './encrypt-decrypt';
import { Further, type Lesson } from './further';
import { Grants } from './grants/grants';
import { Material } from './material';
import { KeyAgreement } from './key-agreement';
import { KeyPolicy } from './policy/policy';
import { PublicKey } from './public-key';
import { Regionality } from './regionality';
import { Rotation } from './rotation';
import { MAC, SIGNATURE } from './schemes-config';
import { Tags } from './tags';

interface Tab {
  id: string;
  label: string;
  shown(metadata: KeyMetadata): boolean;
  content(metadata: KeyMetadata): ReactNode;
  /** The pages that teach what it is about. */
  lessons?: readonly Lesson[];
}

const always = () => true;

const TABS: readonly Tab[] = [
  {
    id: 'encrypt',
    label: words.key.tabs.encrypt,
    shown: ({ KeyUsage }) => KeyUsage === 'ENCRYPT_DECRYPT',
    content: (metadata) => <EncryptDecrypt metadata={metadata} />,
    lessons: ['GenerateDataKey', 'ReEncrypt', 'Recipient'],
  },
  {
    id: 'sign',
    label: words.key.tabs.sign,
    shown: ({ KeyUsage }) => KeyUsage === 'SIGN_VERIFY',
    content: (metadata) => <Authenticate metadata={metadata} scheme={SIGNATURE} />,
  },
  {
    id: 'mac',
    label: words.key.tabs.mac,
    shown: ({ KeyUsage }) => KeyUsage === 'GENERATE_VERIFY_MAC',
    content: (metadata) => <Authenticate metadata={metadata} scheme={MAC} />,
  },
  {
    id: 'derive',
    label: words.key.tabs.agree,
    shown: ({ KeyUsage }) => KeyUsage === 'KEY_AGREEMENT',
    content: (metadata) => <KeyAgreement metadata={metadata} />,
    lessons: ['DeriveSharedSecret', 'Recipient'],
  },
  {
    id: 'encapsulate',
    label: words.key.tabs.encapsulate,
    shown: ({ KeyUsage }) => KeyUsage === 'ENCAPSULATE_DECAPSULATE',
    content: (metadata) => <EncapsulateDecapsulate metadata={metadata} />,
    lessons: ['Encapsulate'],
  },
  {
    id: 'public-key',
    label: words.key.tabs.publicKey,
    shown: ({ KeySpec }) => keyTypeOf(KeySpec) === 'asymmetric',
    content: (metadata) => <PublicKey metadata={metadata} />,
  },
  { id: 'policy', label: words.key.tabs.policy, shown: always, content: (metadata) => <KeyPolicy metadata={metadata} /> },
  { id: 'grants', label: words.key.tabs.grants, shown: always, content: (metadata) => <Grants metadata={metadata} /> },
  {
    id: 'cryptography',
    label: words.key.tabs.cryptography,
    shown: always,
    content: (metadata) => <Cryptography metadata={metadata} />,
  },
  {
    id: 'material',
    label: words.key.tabs.material,
    shown: ({ Origin }) => Origin === 'EXTERNAL',
    content: (metadata) => <Material metadata={metadata} />,
    lessons: ['ImportKeyMaterial'],
  },
  { id: 'rotation', label: words.key.tabs.rotation, shown: canRotate, content: (metadata) => <Rotation metadata={metadata} /> },
  {
    id: 'regionality',
    label: words.key.tabs.regionality,
    shown: ({ MultiRegion }) => MultiRegion,
    content: (metadata) =>
      metadata.MultiRegionConfiguration && <Regionality metadata={metadata} related={metadata.MultiRegionConfiguration} />,
  },
  { id: 'tags', label: words.key.tabs.tags, shown: always, content: (metadata) => <Tags metadata={metadata} /> },
  { id: 'aliases', label: words.key.tabs.aliases, shown: always, content: (metadata) => <Aliases metadata={metadata} /> },
];

export function tabsOf(metadata: KeyMetadata): { id: string; label: string; content: ReactNode }[] {
  return TABS.filter(({ shown }) => shown(metadata)).map(({ id, label, content, lessons }) => ({
    id,
    label,
    content: lessons ? withLessons(content(metadata), lessons) : content(metadata),
  }));
}

function withLessons(content: ReactNode, lessons: readonly Lesson[]): ReactNode {
  return (
    <SpaceBetween size="l">
      {content}
      <Further lessons={lessons} />
    </SpaceBetween>
  );
}
