// Step 3: who administers the key, and who uses it. The answers become statements of the key policy.
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

/** What was typed so far is judged once the step was left. */
export function DefinePermissions({ draft, tried, onChange }: StepProps & { tried: boolean }) {
  const principal = tried ? principalFault : noFault;
  const account = tried ? accountFault : noFault;
  // The policy follows from these answers again as soon as one of them changes.
  const change = (answer: Partial<StepProps['draft']>) => onChange({ ...answer, policy: null });
  return (
    <SpaceBetween size="l">
      <Section title={words.optional(administrators.title)} info={<Info topic="create.administrators" />} description={administrators.text}>
        <SpaceBetween size="m">
          <PrincipalPicker {...administrators} faultOf={principal} values={draft.administrators} onChange={(administrators) => change({ administrators })} />
          <Checkbox checked={draft.administratorsMayDelete} onChange={({ detail }) => change({ administratorsMayDelete: detail.checked })}>
            {mayDelete}
          </Checkbox>
        </SpaceBetween>
      </Section>
      <Section title={words.optional(users.title)} info={<Info topic="create.users" />} description={users.text}>
        <PrincipalPicker {...users} faultOf={principal} values={draft.users} onChange={(users) => change({ users })} />
      </Section>
      <Section title={words.optional(accounts.title)} info={<Info topic="create.accounts" />} description={accounts.text}>
        <TextList {...accounts} faultOf={account} values={draft.accounts} onChange={(accounts) => change({ accounts })} />
      </Section>
    </SpaceBetween>
  );
}

const noFault = () => undefined;
