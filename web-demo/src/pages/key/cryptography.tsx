// What was settled when the key was created, and cannot be changed (P1-213).
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { USAGE_LABELS, keyTypeOf } from '../../kms/specs-config';
import { Info } from '../../parts/info';
import { Section } from '../../parts/section';
import { words } from '../../words';
import type { KeyMetadata } from '../../world/operations';
import { InStore } from './in-store';

const { cryptography } = words;

export function Cryptography({ metadata }: { metadata: KeyMetadata }) {
  const { KeySpec, KeyUsage, Origin, CustomKeyStoreId } = metadata;
  // The console leaves out the one algorithm of a symmetric encryption key (P1-210).
  const isPair = keyTypeOf(KeySpec) === 'asymmetric';
  const algorithms: [string, string[] | undefined][] = [
    [cryptography.encryption, isPair ? metadata.EncryptionAlgorithms : undefined],
    [cryptography.signing, metadata.SigningAlgorithms],
    [cryptography.mac, metadata.MacAlgorithms],
    [cryptography.agreement, metadata.KeyAgreementAlgorithms],
    [cryptography.encapsulation, metadata.EncapsulationAlgorithms],
  ];
  return (
    <SpaceBetween size="l">
      <Section title={cryptography.title} info={<Info topic="cryptography" />} description={cryptography.text}>
        <KeyValuePairs
          columns={3}
          items={[
            { label: cryptography.type, value: words.keyTypes[keyTypeOf(KeySpec)] },
            { label: cryptography.spec, value: KeySpec },
            { label: cryptography.usage, value: USAGE_LABELS[KeyUsage] },
            { label: cryptography.origin, value: words.origins[Origin] ?? Origin },
            ...algorithms.flatMap(([label, names]) => (names ? [{ label, value: names.map((name) => <div key={name}>{name}</div>) }] : [])),
          ]}
        />
      </Section>
      {CustomKeyStoreId !== undefined && <InStore storeId={CustomKeyStoreId} metadata={metadata} />}
    </SpaceBetween>
  );
}
