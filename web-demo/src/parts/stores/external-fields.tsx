// How KMS reaches the proxy of an external key store, and how it signs (P5-166).
import Autosuggest from '@cloudscape-design/components/autosuggest';
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { StoreDraft } from '../../actions/store-draft';
import { pathOf } from '../../kms/key-stores';
import { useSetup } from '../../shell/stores';
import { words } from '../../words';
import type { Connectivity } from '../../world/operations';
import { ConfigurationFile } from './configuration-file';
import { SecretInput } from './secret-input';

const { external } = words.stores;

interface Props {
  draft: StoreDraft;
  /** Whether KMS has a credential already. */
  mayKeepSecret?: boolean;
  onChange(change: Partial<StoreDraft>): void;
}

export function ExternalFields({ draft, mayKeepSecret = false, onChange }: Props) {
  return (
    <SpaceBetween size="l">
      <FormField label={external.connectivity} stretch>
        <RadioGroup
          value={draft.connectivity}
          items={(['PUBLIC_ENDPOINT', 'VPC_ENDPOINT_SERVICE'] as const).map((value) => ({ value, ...external.connectivities[value] }))}
          onChange={({ detail }) => onChange({ connectivity: detail.value as Connectivity })}
        />
      </FormField>
      {draft.connectivity === 'VPC_ENDPOINT_SERVICE' && <Service draft={draft} onChange={onChange} />}
      <FormField label={external.endpoint} description={external.endpointText} stretch>
        <Input value={draft.endpoint} spellcheck={false} placeholder="https://xks.example.com" onChange={({ detail }) => onChange({ endpoint: detail.value })} />
      </FormField>
      <ConfigurationFile onRead={onChange} />
      <FormField label={words.optional(external.prefix)} constraintText={external.prefixText(pathOf(draft.prefix))} stretch>
        <Input value={draft.prefix} spellcheck={false} placeholder="example-prefix" onChange={({ detail }) => onChange({ prefix: detail.value })} />
      </FormField>
      <FormField label={external.accessKeyId} description={mayKeepSecret && external.keepSecret} stretch>
        <Input value={draft.accessKeyId} autoComplete={false} spellcheck={false} onChange={({ detail }) => onChange({ accessKeyId: detail.value })} />
      </FormField>
      <SecretInput
        label={external.secret}
        description={external.secretText}
        show={external.showSecret}
        value={draft.secret}
        onChange={(secret) => onChange({ secret })}
      />
    </SpaceBetween>
  );
}

/** A service that is known brings its private DNS name as the endpoint along. */
function Service({ draft, onChange }: Pick<Props, 'draft' | 'onChange'>) {
  const { endpointServices = {} } = useSetup();
  const choose = (service: string) => {
    const host = endpointServices[service]?.privateDnsName;
    onChange({ service, ...(host ? { endpoint: `https://${host}` } : {}) });
  };
  return (
    <SpaceBetween size="l">
      <Checkbox checked={draft.crossAccount} onChange={({ detail }) => onChange({ crossAccount: detail.checked })}>
        {external.crossAccount}
      </Checkbox>
      {draft.crossAccount && (
        <FormField label={external.owner} stretch>
          <Input value={draft.owner} inputMode="numeric" placeholder="444455556666" onChange={({ detail }) => onChange({ owner: detail.value })} />
        </FormField>
      )}
      <FormField label={external.service} description={external.serviceText} stretch>
        <Autosuggest
          ariaLabel={external.service}
          value={draft.service}
          options={Object.keys(endpointServices).map((value) => ({ value }))}
          placeholder="com.amazonaws.vpce.us-east-1.vpce-svc-09e8d7c6b5a43210f"
          enteredTextLabel={words.who.use}
          empty={words.none}
          onChange={({ detail }) => choose(detail.value)}
        />
      </FormField>
    </SpaceBetween>
  );
}
