// A choice among the keys of the account and Region.
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import { useMemo } from 'react';
import { withoutPrefix } from '../kms/alias';
import { isAwsManaged, type KeySummary } from '../kms/keys';
import { useDescribed, useKnownKeys } from '../shell/known-keys';
import { words } from '../words';

const { lab } = words;

interface Choice {
  keys: KeySummary[];
  loading: boolean;
  key: KeySummary | undefined;
}

/** The keys by name, and the chosen one: the first until another one is chosen. */
export function useNamedKeys(chosen: string | undefined): Choice {
  const { keys: all, loading } = useKnownKeys();
  const keys = useMemo(() => all.filter((key) => !isAwsManaged(key)), [all]);
  return { keys, loading, key: keys.find(({ id }) => id === chosen) ?? keys[0] };
}

/** The same with what KMS tells of each: for those who choose among keys of one kind. */
export function useKeys(chosen: string | undefined): Choice {
  const choice = useNamedKeys(chosen);
  const names = choice.keys.map(({ id }) => id).join(' ');
  useDescribed(useMemo(() => ({ ids: names.split(' '), tags: false }), [names]));
  return choice;
}

interface Props {
  keys: readonly KeySummary[];
  value: string | undefined;
  onChange(id: string): void;
}

export function KeySelect({ keys, value, onChange }: Props) {
  const options = keys.map(({ id, aliases }) => ({ value: id, label: aliases[0] === undefined ? id : withoutPrefix(aliases[0]), description: id }));
  return (
    <FormField label={lab.key} stretch>
      <Select
        selectedOption={options.find((option) => option.value === value) ?? null}
        options={options}
        filteringType="auto"
        virtualScroll={options.length > 200}
        empty={lab.noKeys}
        placeholder={lab.chooseKey}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
      />
    </FormField>
  );
}
