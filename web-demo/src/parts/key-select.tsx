// A choice among the keys of the account and Region.
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import { useCallback } from 'react';
import { withoutPrefix } from '../kms/alias';
import { listKeys, type KeySummary } from '../kms/keys';
import { words } from '../words';
import { useCall, useQuery } from '../world/context';

const { lab } = words;

/** The keys, and the chosen one: the first until another one is chosen. */
export function useKeys(chosen: string | undefined): { keys: KeySummary[]; loading: boolean; key: KeySummary | undefined } {
  const call = useCall();
  const { value: keys = [], loading } = useQuery(useCallback(() => listKeys(call), [call]));
  return { keys, loading, key: keys.find(({ id }) => id === chosen) ?? keys[0] };
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
        empty={lab.noKeys}
        placeholder={lab.chooseKey}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
      />
    </FormField>
  );
}
