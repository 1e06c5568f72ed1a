// A step of any length.
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { Form } from '../../parts/form';
import { UNITS } from '../../shell/clock-config';
import { words } from '../../words';

const { hands } = words.clock;

export function CustomStep({ busy, onStep }: { busy: boolean; onStep: (span: string) => void }) {
  const [amount, setAmount] = useState('90');
  const [unit, setUnit] = useState(UNITS[2]);
  const valid = /^[1-9]\d{0,4}$/.test(amount);
  const step = () => onStep(`${amount}${unit?.value ?? 'd'}`);
  return (
    <Form disabled={!valid || busy} onSubmit={step}>
      <FormField label={hands.custom}>
        <SpaceBetween direction="horizontal" size="xs">
          <div className="amount">
            <Input
              type="number"
              inputMode="numeric"
              ariaLabel={hands.amount}
              value={amount}
              onChange={({ detail }) => setAmount(detail.value)}
            />
          </div>
          <Select
            ariaLabel={hands.unit}
            selectedOption={unit ?? null}
            options={UNITS}
            onChange={({ detail }) => setUnit(UNITS.find(({ value }) => value === detail.selectedOption.value))}
          />
          <Button disabled={!valid} loading={busy}>
            {hands.advance}
          </Button>
        </SpaceBetween>
      </FormField>
    </Form>
  );
}
