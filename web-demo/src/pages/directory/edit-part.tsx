// The service control policies and resource control policies of one part of an organization.
import { useState } from 'react';
import { textOf, type ControlPolicy, type Organization } from '../../kms/directory';
import { withPolicies, type PlacedPart } from '../../kms/organization';
import type { PolicyKind } from '../../kms/finding';
import { Confirm } from '../../parts/confirm';
import { Group } from '../../parts/group';
import { PoliciesEditor } from '../../parts/policies-editor';
import { words } from '../../words';
import { useRegister } from './register';

const { tree, saved } = words.directory;

interface Props {
  id: string;
  organization: Organization;
  part: PlacedPart;
  name: string;
  onDone(): void;
}

/** A control policy whose text is edited; its name stays. */
interface Edited {
  former: ControlPolicy | undefined;
  text: string;
}

export function EditPart({ id, organization, part, name, onDone }: Props) {
  const { register, busy, refused } = useRegister();
  const [scps, setScps] = useState(() => (part.serviceControlPolicies ?? []).map(edited));
  const [rcps, setRcps] = useState(() => (part.resourceControlPolicies ?? []).map(edited));
  const save = async () => {
    const policies = { serviceControlPolicies: scps.map(written), resourceControlPolicies: rcps.map(written) };
    const changed = withPolicies(organization, part, policies);
    if (await register({ organizations: { [id]: changed } }, saved(name))) onDone();
  };
  return (
    <Confirm
      title={tree.policiesOf(name)}
      action={words.save}
      size="large"
      busy={busy}
      refused={refused}
      onDismiss={onDone}
      onConfirm={() => void save()}
    >
      <ControlPolicies {...tree.scps} kind="serviceControl" policies={scps} onChange={setScps} />
      <ControlPolicies {...tree.rcps} kind="resourceControl" policies={rcps} onChange={setRcps} />
    </Confirm>
  );
}

interface ControlProps {
  kind: PolicyKind;
  title: string;
  text: string;
  add: string;
  empty: string;
  label(number: number): string;
  remove(number: number): string;
  policies: readonly Edited[];
  onChange(policies: Edited[]): void;
}

function ControlPolicies({ title, text, policies, onChange, ...said }: ControlProps) {
  const texts = policies.map((policy) => policy.text);
  const change = (next: string[]) => {
    // Of a list that got shorter, exactly one is gone.
    const gone = next.length < texts.length ? texts.findIndex((text, at) => text !== next[at]) : -1;
    const kept = policies.filter((_, at) => at !== gone);
    onChange(next.map((text, at) => ({ former: kept[at]?.former, text })));
  };
  return (
    <Group title={title} text={text}>
      <PoliciesEditor {...said} policies={texts} onChange={change} />
    </Group>
  );
}

function edited(former: ControlPolicy): Edited {
  return { former, text: textOf(isNamed(former) ? former.document : former) };
}

function written({ former, text }: Edited): ControlPolicy {
  return former !== undefined && isNamed(former) ? { ...former, document: text } : text;
}

function isNamed(policy: ControlPolicy): policy is Extract<ControlPolicy, { document: unknown }> {
  return typeof policy !== 'string' && 'document' in policy;
}
