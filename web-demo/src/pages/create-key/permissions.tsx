// Step 3: who administers the key, and who uses it. The answers become statements of the key policy.
import Checkbox from '@cloudscape-design/components/checkbox';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { TextList } from '../../parts/text-list';
import { Section } from '../../parts/section';
import { words } from '../../words';
import type { StepProps } from './draft';
import { accountFault, principalFault } from './faults';

const { permissions } = words.create;

/** What was typed so far is judged once the step was left. */
export function DefinePermissions({ draft, tried, onChange }: StepProps & { tried: boolean }) {
  const principal = tried ? principalFault : noFault;
  const account = tried ? accountFault : noFault;
  // The policy follows from these answers again as soon as one of them changes.
  const change = (answer: Partial<StepProps['draft']>) => onChange({ ...answer, policy: null });
  return (
    <SpaceBetween size="l">
      <Named {...permissions.administrators} faultOf={principal} values={draft.administrators} onChange={(administrators) => change({ administrators })}>
        <Checkbox
          checked={draft.administratorsMayDelete}
          onChange={({ detail }) => change({ administratorsMayDelete: detail.checked })}
        >
          {permissions.mayDelete}
        </Checkbox>
      </Named>
      <Named {...permissions.users} faultOf={principal} values={draft.users} onChange={(users) => change({ users })} />
      <Named {...permissions.accounts} faultOf={account} values={draft.accounts} onChange={(accounts) => change({ accounts })} />
    </SpaceBetween>
  );
}

const noFault = () => undefined;

interface NamedProps {
  title: string;
  text: string;
  label: string;
  placeholder: string;
  add: string;
  empty: string;
  values: readonly string[];
  faultOf(value: string): string | undefined;
  onChange(values: string[]): void;
  children?: ReactNode;
}

function Named({ title, text, children, ...list }: NamedProps) {
  return (
    <Section title={words.optional(title)} description={text}>
      <SpaceBetween size="m">
        <TextList {...list} />
        {children}
      </SpaceBetween>
    </Section>
  );
}
