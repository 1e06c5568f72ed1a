// Random bytes from KMS, or from the hardware of a CloudHSM key store.
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { ActionForm } from '../../parts/action-form';
import { Bytes } from '../../parts/bytes';
import { useAct } from '../../shell/notifications';
import { words } from '../../words';
import { teaching } from '../../words-of-teaching';
import { Topic } from './topic';

const { random } = teaching;

/** NumberOfBytes of GenerateRandom goes from 1 to this. */
const MOST = 1024;

export default function Random() {
  const { act, busy, refused, told } = useAct();
  const [count, setCount] = useState('32');
  const [store, setStore] = useState('');
  const [made, setMade] = useState<Uint8Array>();
  const valid = /^\d{1,4}$/.test(count) && Number(count) >= 1 && Number(count) <= MOST;

  const generate = async () => {
    setMade(undefined);
    const from = store.trim() === '' ? {} : { CustomKeyStoreId: store.trim() };
    setMade((await act((call) => call('GenerateRandom', { NumberOfBytes: Number(count), ...from })))?.Plaintext);
  };

  return (
    <Topic said={random}>
      <ActionForm
        title={random.generate}
        action={random.generate}
        busy={busy}
        disabled={!valid}
        refused={refused}
        told={told}
        onSubmit={() => void generate()}
        result={made && <Bytes label={random.bytes} bytes={made} />}
      >
        <FormField label={random.count} constraintText={valid && random.limits(MOST)} errorText={!valid && random.limits(MOST)}>
          <Input type="number" inputMode="numeric" value={count} onChange={({ detail }) => setCount(detail.value)} />
        </FormField>
        <FormField label={words.optional(random.store)} description={random.storeText} stretch>
          <Input value={store} spellcheck={false} onChange={({ detail }) => setStore(detail.value)} />
        </FormField>
      </ActionForm>
    </Topic>
  );
}
