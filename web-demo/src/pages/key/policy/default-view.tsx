// The default view of a key policy: key administrators, key deletion, key users, other accounts (P2-296).
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { KeyFacts, Named } from '../../../kms/console-policy';
import { keyPolicy } from '../../../kms/key-policy';
import { Info } from '../../../parts/info';
import { Refused } from '../../../parts/refused';
import { Section } from '../../../parts/section';
import { words } from '../../../words';
import type { KeyMetadata } from '../../../world/operations';
import { NamedTable } from './named-table';
import { usePutPolicy } from './put';

const { views } = words.policy;

interface Props {
  metadata: KeyMetadata;
  facts: KeyFacts;
  named: Named;
  onSwitch(): void;
}

export function DefaultView({ metadata: { KeyId, KeyManager }, facts, named, onSwitch }: Props) {
  const deletion = usePutPolicy(KeyId);
  const changed = (change: Partial<Named>) => keyPolicy({ ...facts, ...named, ...change });
  const isOurs = KeyManager === 'CUSTOMER';
  const table = { keyId: KeyId, readOnly: !isOurs };
  return (
    <SpaceBetween size="l">
      <Section title={words.policy.title} info={<Info topic="policy" />} description={views.text} actions={<Button onClick={onSwitch}>{views.toPolicy}</Button>}>
        {views.account}
      </Section>
      <NamedTable
        {...table}
        kind="administrators"
        names={named.administrators}
        written={(administrators) => changed({ administrators })}
      />
      <Section title={views.deletion} info={<Info topic="deletion" />}>
        <SpaceBetween size="m">
          <Checkbox
            checked={named.administrators.length > 0 && named.administratorsMayDelete}
            disabled={!isOurs || deletion.busy || named.administrators.length === 0}
            onChange={({ detail }) => void deletion.put(changed({ administratorsMayDelete: detail.checked }))}
          >
            {words.create.permissions.mayDelete}
          </Checkbox>
          <Refused refusal={deletion.refused} />
        </SpaceBetween>
      </Section>
      <NamedTable {...table} kind="users" names={named.users} written={(users) => changed({ users })} />
      <NamedTable {...table} kind="accounts" names={named.accounts} written={(accounts) => changed({ accounts })} />
    </SpaceBetween>
  );
}
