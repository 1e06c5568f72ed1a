// A choice among Regions.
import FormField from '@cloudscape-design/components/form-field';
import Select, { type SelectProps } from '@cloudscape-design/components/select';
import { REGIONS } from '../kms/places-config';

interface Props {
  label: string;
  placeholder: string;
  regions: readonly string[];
  /** What stands beside a Region that cannot be chosen. */
  taken?: (region: string) => string | undefined;
  value: string | undefined;
  empty?: string;
  onChange(region: string): void;
}

export function RegionSelect({ label, placeholder, regions, taken, value, empty, onChange }: Props) {
  const options = regions.map((region) => regionOption(region, taken?.(region)));
  return (
    <FormField label={label}>
      <Select
        selectedOption={options.find((option) => option.value === value) ?? null}
        options={options}
        placeholder={placeholder}
        empty={empty}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
      />
    </FormField>
  );
}

export function regionOption(region: string, taken?: string): SelectProps.Option & { value: string } {
  const name = REGIONS.find(({ id }) => id === region)?.name;
  const option = { value: region, label: region, ...(name ? { description: name } : {}) };
  return taken === undefined ? option : { ...option, disabled: true, disabledReason: taken };
}
