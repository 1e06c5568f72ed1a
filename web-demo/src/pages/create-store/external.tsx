// What a new external key store needs: its proxy, how KMS reaches it, and how KMS signs.
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { StoreDraft } from '../../actions/store-draft';
import { Section } from '../../parts/section';
import { ExternalFields } from '../../parts/stores/external-fields';
import { words } from '../../words';
import { StoreName } from './name';

const { external } = words.stores;

export interface PartProps {
  draft: StoreDraft;
  onChange(change: Partial<StoreDraft>): void;
}

export function ExternalStore(part: PartProps) {
  return (
    <SpaceBetween size="l">
      <Section title={external.general}>
        <StoreName {...part} />
      </Section>
      <Section title={external.proxy} description={external.proxyText}>
        <ExternalFields {...part} />
      </Section>
    </SpaceBetween>
  );
}
