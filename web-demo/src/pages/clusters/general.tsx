// What a cluster is.
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { grouped } from '../../kms/places-config';
import type { DescribedCluster } from '../../kms/stores-setup';
import { Output } from '../../parts/bytes';
import { Section } from '../../parts/section';
import { words } from '../../words';

const { clusters: text } = words;

export function General({ cluster: { state, account, region, vpc, lineage, trustAnchor } }: { cluster: DescribedCluster }) {
  return (
    <Section title={text.general}>
      <SpaceBetween size="l">
        <KeyValuePairs
          columns={3}
          items={[
            { label: text.columns.state, value: state },
            { label: text.columns.account, value: grouped(account) },
            { label: text.columns.region, value: region },
            { label: text.vpc, value: vpc },
            { label: text.lineage, value: <span className="wrap">{lineage}</span> },
            ...(trustAnchor === undefined ? [{ label: text.anchor, value: text.anyAnchor }] : []),
          ]}
        />
        {trustAnchor !== undefined && <Output label={text.anchor} name={text.anchor} text={trustAnchor} />}
      </SpaceBetween>
    </Section>
  );
}
