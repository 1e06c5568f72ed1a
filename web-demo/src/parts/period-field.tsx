// The period of automatic rotation.
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { PERIOD, isPeriod } from '../kms/rotation';
import { words } from '../words';

const { automatic } = words.rotation;

export function PeriodField({ days, onChange }: { days: string; onChange: (days: string) => void }) {
  const bounds = automatic.limits(PERIOD.least, PERIOD.most);
  const valid = isPeriod(days);
  return (
    <FormField label={automatic.periodField} constraintText={valid && bounds} errorText={!valid && bounds}>
      <Input type="number" inputMode="numeric" value={days} onChange={({ detail }) => onChange(detail.value)} />
    </FormField>
  );
}
