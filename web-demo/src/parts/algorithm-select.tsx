// A choice among the key's algorithms, disabled for a key with only one.
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import { words } from '../words';

interface Props<Algorithm extends string> {
  algorithms: readonly Algorithm[];
  value: Algorithm;
  onChange(algorithm: NoInfer<Algorithm>): void;
}

export function AlgorithmSelect<Algorithm extends string>({ algorithms, value, onChange }: Props<Algorithm>) {
  return (
    <FormField label={words.algorithm}>
      <Select
        selectedOption={{ value, label: value }}
        options={algorithms.map((algorithm) => ({ value: algorithm, label: algorithm }))}
        disabled={algorithms.length < 2}
        onChange={({ detail }) => onChange(algorithms.find((algorithm) => algorithm === detail.selectedOption.value) ?? value)}
      />
    </FormField>
  );
}
