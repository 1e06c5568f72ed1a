// A shared secret is not yet a key: HKDF makes one of it. The one side encrypts with its key, the other decrypts with its own.
import { useState } from 'react';
import { ActionForm } from '../../../parts/action-form';
import { Bytes, Output } from '../../../parts/bytes';
import { MessageField, NO_MESSAGE, bytesOf } from '../../../parts/message-field';
import { toText } from '../../../kms/bytes';
import { useAct } from '../../../shell/notifications';
import { words } from '../../../words';
import { teaching } from '../../../words-of-teaching';
import { openedWith, sealedWith } from './secret';

const { message: said } = teaching.agreement;

interface Props {
  ofKms: Uint8Array;
  ofOther: Uint8Array;
  /** Who the other side is. */
  other: string;
}

interface Sent {
  sealed: Uint8Array;
  read: Uint8Array;
  by: Uint8Array;
}

export default function SecretMessage({ ofKms, ofOther, other }: Props) {
  const { act, busy, refused } = useAct();
  const [message, setMessage] = useState(NO_MESSAGE);
  const [sent, setSent] = useState<Sent>();
  const bytes = bytesOf(message);

  const send = async () => {
    if (!bytes) return;
    setSent(undefined);
    const done = await act(async () => {
      const sealed = await sealedWith(ofOther, bytes);
      return { sealed, read: await openedWith(ofKms, sealed), by: ofKms };
    });
    setSent(done);
  };

  return (
    <ActionForm
      title={said.title}
      action={said.action}
      busy={busy}
      disabled={!bytes}
      refused={refused}
      onSubmit={() => void send()}
      result={sent && sent.by === ofKms && <Result {...sent} />}
    >
      {said.text(other)}
      <MessageField label={said.label} value={message} onChange={setMessage} />
    </ActionForm>
  );
}

function Result({ sealed, read }: Sent) {
  const text = toText(read);
  return (
    <>
      <Bytes label={words.encrypt.ciphertext} bytes={sealed} />
      {text === undefined ? <Bytes label={said.read} bytes={read} /> : <Output label={said.read} name={said.read} text={text} />}
    </>
  );
}
