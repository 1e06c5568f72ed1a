// Sign, or generate a MAC.
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { AlgorithmSelect } from '../../parts/algorithm-select';
import { Bytes } from '../../parts/bytes';
import { MessageField, NO_MESSAGE, bytesOf, type Message } from '../../parts/message-field';
import { useAct } from '../../shell/notifications';
import { useCall } from '../../world/context';
import type { KeyMetadata } from '../../world/operations';
import type { Scheme } from './schemes-config';
import { Section } from '../../parts/section';

interface Props<Algorithm extends string> {
  metadata: KeyMetadata;
  scheme: Scheme<Algorithm>;
  onMade(message: Message, made: Uint8Array, algorithm: Algorithm): void;
}

export function Make<Algorithm extends string>({ metadata, scheme, onMade }: Props<Algorithm>) {
  const call = useCall();
  const { act, busy } = useAct();
  const algorithms = scheme.algorithms(metadata);
  const [message, setMessage] = useState(NO_MESSAGE);
  const [algorithm, setAlgorithm] = useState(scheme.first(metadata));
  const [made, setMade] = useState<Uint8Array>();
  const bytes = bytesOf(message);

  const make = async () => {
    const reply = bytes && (await act(() => scheme.make(call, metadata.KeyId, bytes, algorithm)));
    if (!reply) return;
    setMade(reply);
    onMade(message, reply, algorithm);
  };

  return (
    <Section title={scheme.words.make}>
      <SpaceBetween size="l">
        <MessageField label={scheme.words.message} value={message} onChange={setMessage} />
        <AlgorithmSelect algorithms={algorithms} value={algorithm} onChange={setAlgorithm} />
        <Button variant="primary" loading={busy} disabled={!bytes} onClick={() => void make()}>
          {scheme.words.make}
        </Button>
        {made && <Bytes label={scheme.words.made} bytes={made} />}
      </SpaceBetween>
    </Section>
  );
}
