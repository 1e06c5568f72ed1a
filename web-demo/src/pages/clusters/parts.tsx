// The parts of a cluster that break by themselves.
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import type { ClusterParts } from '../../kms/stores-setup';
import { Section } from '../../parts/section';
import { words } from '../../words';
import type { PartProps } from './panel';

const { parts: text } = words.clusters;

const MEMBERS = Object.keys(text.members) as (keyof ClusterParts)[];

export function Parts({ cluster, busy, act }: PartProps) {
  return (
    <Section title={text.title} description={text.text}>
      <SpaceBetween size="s">
        {MEMBERS.map((member) => (
          <Toggle
            key={member}
            checked={cluster[member]}
            disabled={busy}
            onChange={({ detail }) => void act({ do: 'set', [member]: detail.checked })}
          >
            {text.members[member]}
          </Toggle>
        ))}
      </SpaceBetween>
    </Section>
  );
}
