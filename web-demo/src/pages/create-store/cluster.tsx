// What a new AWS CloudHSM key store needs: its cluster, the certificate of that, and the password of kmsuser (P4-403).
import Autosuggest from '@cloudscape-design/components/autosuggest';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback } from 'react';
import { listKeyStores } from '../../kms/key-stores';
import { accountOf } from '../../kms/places-config';
import { Section } from '../../parts/section';
import { SecretInput } from '../../parts/stores/secret-input';
import { useSetup } from '../../shell/stores';
import { words } from '../../words';
import { useCall, usePlace, useQuery } from '../../world/context';
import { Anchor } from './anchor';
import type { PartProps } from './external';
import { StoreName } from './name';

const { creating, external } = words.stores;

export function ClusterStore({ draft, onChange }: PartProps) {
  const { clusters = {} } = useSetup();
  const free = useFreeClusters();
  const anchor = clusters[draft.cluster.trim()]?.trustAnchor;
  return (
    <SpaceBetween size="l">
      <Section title={external.general}>
        <StoreName draft={draft} onChange={onChange} />
      </Section>
      <Section title={creating.cluster}>
        <SpaceBetween size="l">
          <FormField label={words.stores.columns.cluster} description={creating.clusterText} stretch>
            <Autosuggest
              ariaLabel={words.stores.columns.cluster}
              value={draft.cluster}
              options={free.map((value) => ({ value }))}
              placeholder="cluster-1a23b4cdefg"
              enteredTextLabel={words.who.use}
              empty={creating.clusterEmpty}
              onChange={({ detail }) => onChange({ cluster: detail.value })}
            />
          </FormField>
          <Anchor value={draft.anchor} onChange={(anchor) => onChange({ anchor })} />
          {anchor && (
            <Button formAction="none" onClick={() => onChange({ anchor })}>
              {creating.takeAnchor}
            </Button>
          )}
          <SecretInput
            label={creating.password}
            description={creating.passwordText}
            show={creating.show}
            value={draft.password}
            onChange={(password) => onChange({ password })}
          />
        </SpaceBetween>
      </Section>
    </SpaceBetween>
  );
}

/** The clusters of the account and Region that serve no key store yet, as the console's menu has them. */
function useFreeClusters(): string[] {
  const call = useCall();
  const { region, caller } = usePlace();
  const { clusters = {} } = useSetup();
  const stores = useQuery(useCallback(() => listKeyStores(call, 'AWS_CLOUDHSM'), [call])).value ?? [];
  const serving = new Set(stores.map(({ CloudHsmClusterId }) => CloudHsmClusterId));
  return Object.entries(clusters).flatMap(([id, cluster]) =>
    cluster && cluster.region === region && cluster.account === accountOf(caller) && !serving.has(id) ? [id] : [],
  );
}
