// Step 5: the enclave opens what KMS has sealed for it.
import { useEffect, useState } from 'react';
import { toText } from '../../../kms/bytes';
import { ActionForm } from '../../../parts/action-form';
import { Bytes, Output } from '../../../parts/bytes';
import { useAct } from '../../../shell/notifications';
import { recipientWords } from '../../../words-of-recipient';
import { useClient } from '../../../world/context';
import type { RunningEnclave } from '../../../world/enclaves';
import type { Sealed } from './ask';
import { useEnclave } from './enclave-select';

const { open } = recipientWords;

export function Open({ enclaves, sealed }: { enclaves: readonly RunningEnclave[]; sealed: Sealed | undefined }) {
  const client = useClient();
  const { act, busy, refused } = useAct();
  const { enclave, field } = useEnclave(recipientWords.attest.enclave, enclaves);
  const [inside, setInside] = useState<Uint8Array>();
  useEffect(() => setInside(undefined), [sealed]);

  const run = async () => {
    if (!enclave || !sealed) return;
    setInside(undefined);
    setInside(await act(() => client.unwrapIn(enclave.id, sealed.bytes)));
  };

  return (
    <ActionForm
      title={open.title}
      action={open.action}
      busy={busy}
      disabled={!enclave || !sealed}
      refused={refused}
      onSubmit={() => void run()}
      result={inside && <Inside bytes={inside} />}
    >
      {sealed ? open.text : open.nothing}
      {field}
    </ActionForm>
  );
}

function Inside({ bytes }: { bytes: Uint8Array }) {
  const text = toText(bytes);
  return text === undefined ? <Bytes label={open.inside} bytes={bytes} /> : <Output label={open.inside} name={open.inside} text={text} />;
}
