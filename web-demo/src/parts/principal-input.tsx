// The ARN of a principal, or the name of a service; whom the directory knows is suggested.
import Autosuggest from '@cloudscape-design/components/autosuggest';
import { useMemo } from 'react';
import { shortName } from '../kms/identities';
import { grouped } from '../kms/places-config';
import { useAccounts } from '../shell/directory';
import { words } from '../words';

interface Props {
  label: string;
  value: string;
  onChange(arn: string): void;
}

export function PrincipalInput({ label, value, onChange }: Props) {
  const accounts = useAccounts();
  const options = useMemo(
    () =>
      accounts.map(({ id, callers }) => ({
        label: words.who.account(grouped(id)),
        options: callers.map((arn) => ({ value: arn, label: arn, description: shortName(arn) })),
      })),
    [accounts],
  );
  return (
    <Autosuggest
      ariaLabel={label}
      value={value}
      options={options}
      placeholder={words.create.permissions.users.placeholder}
      enteredTextLabel={words.who.use}
      empty={words.none}
      onChange={({ detail }) => onChange(detail.value)}
    />
  );
}
