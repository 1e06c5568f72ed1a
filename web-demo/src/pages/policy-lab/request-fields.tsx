// The fields of a request that is tried out.
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback } from 'react';
import { REQUESTS } from '../../kms/requests-config';
import { ContextEditor } from '../../parts/context-editor';
import { Group } from '../../parts/group';
import { KeySelect } from '../../parts/key-select';
import type { Pair } from '../../parts/pairs';
import { PoliciesEditor } from '../../parts/policies-editor';
import { PolicyEditor } from '../../parts/policy-editor';
import { PrincipalInput } from '../../parts/principal-input';
import { words } from '../../words';
import { useCall, useQuery } from '../../world/context';
import type { Operation } from '../../world/operations';
import type { AboutKey } from './about-key';

const { request: text } = words.lab;

export interface RequestDraft {
  operation: Operation;
  /** An ARN, or the name of a service. */
  caller: string;
  context: Pair[];
  /** In the place of the one that the key has; `null` for that. */
  keyPolicy: string | null;
  /** In the place of those of the directory, if there are any. */
  identityPolicies: string[];
}

interface Props extends AboutKey {
  draft: RequestDraft;
  onChange(change: Partial<RequestDraft>): void;
}

const OPTIONS = REQUESTS.map(({ operation }) => ({ value: operation, label: operation }));

export function RequestFields({ keyId, select, draft, onChange }: Props) {
  const call = useCall();
  const installed = useQuery(useCallback(() => call('GetKeyPolicy', { KeyId: keyId }).then(({ Policy }) => Policy), [call, keyId])).value;
  const hasContext = REQUESTS.find(({ operation }) => operation === draft.operation)?.hasContext;
  return (
    <SpaceBetween size="l">
      <KeySelect {...select} />
      <FormField label={text.operation} stretch>
        <Select
          selectedOption={OPTIONS.find(({ value }) => value === draft.operation) ?? null}
          options={OPTIONS}
          filteringType="auto"
          onChange={({ detail }) => onChange({ operation: detail.selectedOption.value as Operation })}
        />
      </FormField>
      <FormField label={text.caller} stretch>
        <PrincipalInput label={text.caller} value={draft.caller} onChange={(caller) => onChange({ caller })} />
      </FormField>
      {hasContext && (
        <Group title={words.context.title}>
          <ContextEditor pairs={draft.context} onChange={(context) => onChange({ context })} />
        </Group>
      )}
      <Checkbox
        checked={draft.keyPolicy !== null}
        onChange={({ detail }) => onChange({ keyPolicy: detail.checked ? (installed ?? '{}') : null })}
      >
        {text.otherKeyPolicy}
      </Checkbox>
      {draft.keyPolicy !== null && <PolicyEditor value={draft.keyPolicy} onChange={(keyPolicy) => onChange({ keyPolicy })} />}
      <Group title={text.identity} text={text.identityText}>
        <PoliciesEditor
          kind="identity"
          policies={draft.identityPolicies}
          label={text.identityPolicy}
          remove={text.removeIdentity}
          add={text.addIdentity}
          empty={text.noIdentity}
          onChange={(identityPolicies) => onChange({ identityPolicies })}
        />
      </Group>
    </SpaceBetween>
  );
}
