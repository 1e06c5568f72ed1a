// One of the key's algorithms. Where it has only one, there is nothing to choose.
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import { words } from '../words';

interface Props {
  algorithms: readonly string[];
  value: string;
  onChange(algorithm: string): void;
}

export function AlgorithmSelect({ algorithms, value, onChange }: Props) {
  return (
    <FormField label={words.algorithm}>
      <Select
        selectedOption={{ value, label: value }}
        options={algorithms.map((algorithm) => ({ value: algorithm, label: algorithm }))}
        disabled={algorithms.length < 2}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? value)}
      />
    </FormField>
  );
}
