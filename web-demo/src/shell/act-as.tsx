// Acting as anybody: a principal, its session with policies and tags, where the calls come from, and grant tokens.
import Checkbox from '@cloudscape-design/components/checkbox';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { callerName, kindOf } from '../kms/identities';
import { Confirm } from '../parts/confirm';
import { Group } from '../parts/group';
import { PairsEditor } from '../parts/pairs-editor';
import { PoliciesEditor } from '../parts/policies-editor';
import { PrincipalInput } from '../parts/principal-input';
import { TextList } from '../parts/text-list';
import { words } from '../words';
import { usePlace } from '../world/context';
import { draftOf, isWhole, placeOf, type Draft } from './act-as-draft';
import { EndpointSelect } from './endpoint-select';
import { useMenuAct } from './notifications';
import { useTravel } from './travel';

const { acting } = words.who;

interface Props {
  /** Whom to act as, where that is known already. */
  principal?: string;
  onDone(): void;
}

export function ActAs({ principal, onDone }: Props) {
  const travel = useTravel();
  const place = usePlace();
  const { act } = useMenuAct();
  const [draft, setDraft] = useState(() => draftOf(place, principal));
  const onChange = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const become = () => {
    const to = placeOf(draft);
    travel(to);
    onDone();
    void act(() => Promise.resolve(), () => acting.done(callerName(to.caller)));
  };
  return (
    <Confirm
      title={acting.title}
      action={acting.action}
      size="large"
      busy={false}
      disabled={!isWhole(draft)}
      refused={undefined}
      onDismiss={onDone}
      onConfirm={become}
    >
      <FormField label={acting.principal} description={acting.principalText} errorText={draft.principal === '' && acting.missing} stretch>
        <PrincipalInput label={acting.principal} value={draft.principal} onChange={(principal) => onChange({ principal })} />
      </FormField>
      {kindOf(draft.principal) === 'role' && (
        <FormField label={acting.session} description={acting.sessionText} stretch>
          <Input value={draft.session} spellcheck={false} onChange={({ detail }) => onChange({ session: detail.value })} />
        </FormField>
      )}
      <SessionPart draft={draft} onChange={onChange} />
      <OriginPart draft={draft} onChange={onChange} />
      <ExpandableSection headerText={acting.tokensPart} defaultExpanded={draft.tokens.length > 0}>
        <SpaceBetween size="s">
          {acting.tokensText}
          <TextList
            label={words.grants.token}
            placeholder=""
            add={acting.addToken}
            empty={acting.noTokens}
            values={draft.tokens}
            faultOf={() => undefined}
            onChange={(tokens) => onChange({ tokens })}
          />
        </SpaceBetween>
      </ExpandableSection>
    </Confirm>
  );
}

interface PartProps {
  draft: Draft;
  onChange(change: Partial<Draft>): void;
}

function SessionPart({ draft, onChange }: PartProps) {
  return (
    <ExpandableSection headerText={acting.sessionPart} defaultExpanded={draft.policies.length > 0 || draft.tags.length > 0}>
      <SpaceBetween size="l">
        {acting.policiesText}
        <PoliciesEditor
          kind="session"
          policies={draft.policies}
          label={acting.policy}
          add={acting.addPolicy}
          remove={acting.removePolicy}
          empty={acting.noPolicies}
          onChange={(policies) => onChange({ policies })}
        />
        <Group title={acting.tags}>
          <PairsEditor pairs={draft.tags} add={acting.addTag} empty={acting.noTags} onChange={(tags) => onChange({ tags })} />
        </Group>
        <Checkbox checked={draft.mfa} onChange={({ detail }) => onChange({ mfa: detail.checked })}>
          {acting.mfa}
        </Checkbox>
      </SpaceBetween>
    </ExpandableSection>
  );
}

function OriginPart({ draft, onChange }: PartProps) {
  return (
    <ExpandableSection headerText={acting.originPart} defaultExpanded={draft.endpoint !== '' || draft.sourceIp !== ''}>
      <SpaceBetween size="l">
        <FormField label={words.optional(acting.endpoint)} description={acting.endpointText} stretch>
          <EndpointSelect value={draft.endpoint} onChange={(endpoint) => onChange({ endpoint })} />
        </FormField>
        <FormField label={words.optional(acting.sourceIp)} stretch>
          <Input
            value={draft.sourceIp}
            placeholder="203.0.113.7"
            spellcheck={false}
            onChange={({ detail }) => onChange({ sourceIp: detail.value })}
          />
        </FormField>
      </SpaceBetween>
    </ExpandableSection>
  );
}
