// Steps 3 and 4, as in the console of AWS: who administers the key, and who uses it. The answers become statements of the key policy.
import Checkbox from '@cloudscape-design/components/checkbox';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Info } from '../../parts/info';
import { PrincipalPicker } from '../../parts/principal-picker';
import { Section } from '../../parts/section';
import { TextList } from '../../parts/text-list';
import { words } from '../../words';
import type { StepProps } from './draft';
import { accountFault, principalFault } from './faults';

const { administrators, users, accounts, mayDelete } = words.create.permissions;

interface Props extends StepProps {
  /** What was typed so far is judged once the step was left. */
  tried: boolean;
}

export function DefineAdministrators({ draft, tried, onChange }: Props) {
  const change = changing(onChange);
  return (
    <Section title={words.optional(administrators.title)} info={<Info topic="create.administrators" />} description={administrators.text}>
      <SpaceBetween size="m">
        <PrincipalPicker
          {...administrators}
          faultOf={tried ? principalFault : noFault}
          values={draft.administrators}
          onChange={(administrators) => change({ administrators })}
        />
        <Checkbox checked={draft.administratorsMayDelete} onChange={({ detail }) => change({ administratorsMayDelete: detail.checked })}>
          {mayDelete}
        </Checkbox>
      </SpaceBetween>
    </Section>
  );
}

export function DefineUsers({ draft, tried, onChange }: Props) {
  const change = changing(onChange);
  return (
    <SpaceBetween size="l">
      <Section title={words.optional(users.title)} info={<Info topic="create.users" />} description={users.text}>
        <PrincipalPicker {...users} faultOf={tried ? principalFault : noFault} values={draft.users} onChange={(users) => change({ users })} />
      </Section>
      <Section title={words.optional(accounts.title)} info={<Info topic="create.accounts" />} description={accounts.text}>
        <TextList {...accounts} faultOf={tried ? accountFault : noFault} values={draft.accounts} onChange={(accounts) => change({ accounts })} />
      </Section>
    </SpaceBetween>
  );
}

/** The policy follows from these answers again as soon as one of them changes. */
function changing(onChange: StepProps['onChange']): StepProps['onChange'] {
  return (answer) => onChange({ ...answer, policy: null });
}

const noFault = () => undefined;
