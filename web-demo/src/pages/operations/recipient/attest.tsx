// Step 2: the enclave attests itself, and the document is read.
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { ActionForm } from '../../../parts/action-form';
import { Bytes } from '../../../parts/bytes';
import { MessageField, NO_MESSAGE, bytesOf } from '../../../parts/message-field';
import { useAct } from '../../../shell/notifications';
import { words } from '../../../words';
import { recipientWords } from '../../../words-of-recipient';
import { useClient } from '../../../world/context';
import type { RunningEnclave } from '../../../world/enclaves';
import { readDocument, type AttestationDocument } from './document';
import { Decoded } from './decoded';
import { useEnclave } from './enclave-select';

const { attest } = recipientWords;

interface Props {
  enclaves: readonly RunningEnclave[];
  onAttested(document: AttestationDocument): void;
}

interface Attested {
  bytes: Uint8Array;
  document: AttestationDocument;
}

export function Attest({ enclaves, onAttested }: Props) {
  const client = useClient();
  const { act, busy, refused } = useAct();
  const { enclave, field } = useEnclave(attest.enclave, enclaves);
  const [nonce, setNonce] = useState(NO_MESSAGE);
  const [attested, setAttested] = useState<Attested>();
  const own = bytesOf(nonce);

  const run = async () => {
    if (!enclave || !own) return;
    setAttested(undefined);
    const done = await act(async () => {
      const bytes = await client.attest(enclave.id, own.length > 0 ? { nonce: own } : {});
      return { bytes, document: readDocument(bytes) };
    });
    if (!done) return;
    setAttested(done);
    onAttested(done.document);
  };

  return (
    <ActionForm
      title={attest.title}
      action={attest.action}
      busy={busy}
      disabled={!enclave || !own}
      refused={refused}
      onSubmit={() => void run()}
      result={
        attested && (
          <SpaceBetween size="s">
            <Decoded document={attested.document} />
            <Bytes label={attest.document} bytes={attested.bytes} />
          </SpaceBetween>
        )
      }
    >
      {attest.text}
      {field}
      <MessageField label={words.optional(attest.nonce)} value={nonce} onChange={setNonce} />
    </ActionForm>
  );
}
