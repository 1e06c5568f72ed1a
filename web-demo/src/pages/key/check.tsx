// Verify a signature or a MAC. KMS refuses what does not fit, in AWS's words.
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { fromBase64, isBase64 } from '../../kms/bytes';
import { AlgorithmSelect } from '../../parts/algorithm-select';
import { Base64Field } from '../../parts/base64-field';
import { MessageField, bytesOf, type Message } from '../../parts/message-field';
import { useNotify } from '../../shell/notifications';
import { useCall } from '../../world/context';
import type { KeyMetadata } from '../../world/operations';
import type { Scheme } from './schemes-config';
import { Section } from '../../parts/section';

export interface Claim<Algorithm extends string> {
  message: Message;
  /** A signature or MAC in base64. */
  made: string;
  algorithm: Algorithm;
}

interface Props<Algorithm extends string> {
  metadata: KeyMetadata;
  scheme: Scheme<Algorithm>;
  claim: Claim<Algorithm>;
  onChange(change: Partial<Claim<Algorithm>>): void;
}

type Verdict = 'none' | 'pending' | 'valid' | 'invalid';

export function Check<Algorithm extends string>({ metadata, scheme, claim, onChange }: Props<Algorithm>) {
  const call = useCall();
  const notify = useNotify();
  const [verdict, setVerdict] = useState<Verdict>('none');
  const { message, made, algorithm } = claim;
  const bytes = bytesOf(message);
  const change = (part: Partial<Claim<Algorithm>>) => {
    setVerdict('none');
    onChange(part);
  };

  const check = async () => {
    if (!bytes) return;
    setVerdict('pending');
    try {
      const valid = await scheme.check(call, metadata.KeyId, bytes, fromBase64(made), algorithm);
      setVerdict(valid ? 'valid' : 'invalid');
    } catch (thrown) {
      setVerdict('invalid');
      notify.refused(thrown);
    }
  };

  return (
    <Section title={scheme.words.check}>
      <SpaceBetween size="l">
        <MessageField label={scheme.words.checkedMessage} value={message} onChange={(message) => change({ message })} />
        <Base64Field label={scheme.words.made} value={made} onChange={(made) => change({ made })} />
        <AlgorithmSelect algorithms={scheme.algorithms(metadata)} value={algorithm} onChange={(algorithm) => change({ algorithm })} />
        <SpaceBetween direction="horizontal" size="m" alignItems="center">
          <Button variant="primary" loading={verdict === 'pending'} disabled={!bytes || !isBase64(made)} onClick={() => void check()}>
            {scheme.words.check}
          </Button>
          {verdict === 'valid' && <StatusIndicator>{scheme.words.valid}</StatusIndicator>}
          {verdict === 'invalid' && <StatusIndicator type="error">{scheme.words.invalid}</StatusIndicator>}
        </SpaceBetween>
      </SpaceBetween>
    </Section>
  );
}
