// Sign, or generate a MAC.
import { useState } from 'react';
import { ActionForm } from '../../parts/action-form';
import { AlgorithmSelect } from '../../parts/algorithm-select';
import { Bytes } from '../../parts/bytes';
import { useDryRun } from '../../parts/dry-run';
import { MessageField, NO_MESSAGE, bytesOf, type Message } from '../../parts/message-field';
import { useAct } from '../../shell/notifications';
import type { KeyMetadata } from '../../world/operations';
import type { Scheme } from './schemes-config';

interface Props<Algorithm extends string> {
  metadata: KeyMetadata;
  scheme: Scheme<Algorithm>;
  onMade(message: Message, made: Uint8Array, algorithm: Algorithm): void;
}

export function Make<Algorithm extends string>({ metadata, scheme, onMade }: Props<Algorithm>) {
  const { act, busy, refused, told } = useAct();
  const dry = useDryRun();
  const [message, setMessage] = useState(NO_MESSAGE);
  const [algorithm, setAlgorithm] = useState(scheme.first(metadata));
  const [made, setMade] = useState<Uint8Array>();
  const bytes = bytesOf(message);

  const make = async () => {
    setMade(undefined);
    const reply = bytes && (await act((call) => scheme.make(call, { KeyId: metadata.KeyId, Message: bytes, ...dry.input }, algorithm)));
    if (!reply) return;
    setMade(reply);
    onMade(message, reply, algorithm);
  };

  return (
    <ActionForm
      info={scheme.topic}
      title={scheme.words.make}
      action={scheme.words.make}
      busy={busy}
      disabled={!bytes}
      refused={refused}
      told={told}
      onSubmit={() => void make()}
      result={made && <Bytes label={scheme.words.made} bytes={made} />}
    >
      <MessageField label={scheme.words.message} value={message} onChange={setMessage} />
      <AlgorithmSelect algorithms={scheme.algorithms(metadata)} value={algorithm} onChange={setAlgorithm} />
      {dry.box}
    </ActionForm>
  );
}
