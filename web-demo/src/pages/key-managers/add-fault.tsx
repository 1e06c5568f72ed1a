// A fault that a proxy is to have.
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import { PROXY_FAULTS } from '../../kms/proxy-faults-config';
import { Confirm } from '../../parts/confirm';
import { useOwner } from '../../shell/owner';
import { words } from '../../words';

const { faults: text } = words.managers;

/** The operations of the proxy's API. */
const OPERATIONS: readonly string[] = ['GetHealthStatus', 'GetKeyMetadata', 'Encrypt', 'Decrypt'];

const EVERY = { value: '', label: text.every };

export function AddProxyFault({ proxy, onDone }: { proxy: string; onDone: () => void }) {
  const { onProxy, busy, refused } = useOwner();
  const [id, setId] = useState(PROXY_FAULTS[0]?.id);
  const [operation, setOperation] = useState('');
  const [times, setTimes] = useState('');
  const options = PROXY_FAULTS.map(({ id, label, description }) => ({ value: id, label, description }));
  const operations = [EVERY, ...OPERATIONS.map((value) => ({ value, label: value }))];
  const readable = times.trim() === '' || /^\d+$/.test(times.trim());
  const add = async () => {
    const offer = PROXY_FAULTS.find((offer) => offer.id === id);
    if (!offer) return;
    const limits = { ...(operation ? { operation } : {}), ...(times.trim() ? { times: Number(times) } : {}) };
    if (await onProxy(proxy, { do: 'addFault', ...offer.fault, ...limits }, text.added(offer.label))) onDone();
  };
  return (
    <Confirm title={text.add} action={text.add} busy={busy} disabled={!readable} refused={refused} onDismiss={onDone} onConfirm={() => void add()}>
      <FormField label={text.fault} stretch>
        <Select
          selectedOption={options.find(({ value }) => value === id) ?? null}
          options={options}
          onChange={({ detail }) => setId(detail.selectedOption.value)}
        />
      </FormField>
      <FormField label={text.operation} stretch>
        <Select
          selectedOption={operations.find(({ value }) => value === operation) ?? null}
          options={operations}
          onChange={({ detail }) => setOperation(detail.selectedOption.value ?? '')}
        />
      </FormField>
      <FormField label={words.optional(text.times)} description={text.timesText} errorText={!readable && words.faults.adding.notNumber} stretch>
        <Input value={times} inputMode="numeric" onChange={({ detail }) => setTimes(detail.value)} />
      </FormField>
    </Confirm>
  );
}
