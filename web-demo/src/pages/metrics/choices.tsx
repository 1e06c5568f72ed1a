// How metrics are shown: statistic, period, and how far back.
import FormField from '@cloudscape-design/components/form-field';
import Select, { type SelectProps } from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { words } from '../../words';
import { PERIODS, RANGES, STATISTICS, type Choice } from './choice-config';

const { metrics: text } = words;

export function Choices({ choice, onChange }: { choice: Choice; onChange(change: Partial<Choice>): void }) {
  // A period that suits a day would draw one bar of an hour.
  const chooseRange = (range: string) => onChange({ range, period: RANGES.find(({ value }) => value === range)?.period ?? choice.period });
  return (
    <SpaceBetween direction="horizontal" size="m">
      <Field label={text.range} options={RANGES} value={choice.range} onChange={chooseRange} />
      <Field label={text.period} options={PERIODS} value={choice.period} onChange={(period) => onChange({ period })} />
      <Field label={text.statistic} options={STATISTICS} value={choice.statistic} onChange={(statistic) => onChange({ statistic })} />
    </SpaceBetween>
  );
}

interface FieldProps {
  label: string;
  options: readonly { value: string; label: string }[];
  value: string;
  onChange(value: string): void;
}

function Field({ label, options, value, onChange }: FieldProps) {
  const shown: SelectProps.Option[] = options.map(({ value, label }) => ({ value, label }));
  return (
    <FormField label={label}>
      <Select
        selectedOption={shown.find((option) => option.value === value) ?? null}
        options={shown}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? value)}
      />
    </FormField>
  );
}
