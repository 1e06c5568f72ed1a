// One step of the scenario: who asks KMS for what, and what it answers.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { callerOf, type Act } from '../../kms/lock-out';
import { Code } from '../../parts/code';
import { Refused } from '../../parts/refused';
import { Section } from '../../parts/section';
import { Told } from '../../parts/told';
import { words } from '../../words';
import { useClient, usePlace } from '../../world/context';
import type { MadeCall } from '../../world/protocol';
import { refusal, type Refusal } from '../../world/refusal';

const { lockOut } = words;

interface Props {
  step: Act;
  number: number;
  keyId: string;
  state: 'done' | 'next' | 'later';
  /** Gives the id of a key that was made. */
  onDone(keyId: string | undefined): void;
}

export function Step({ step, number, keyId, state, onDone }: Props) {
  const client = useClient();
  const { region } = usePlace();
  const [told, setTold] = useState<MadeCall>();
  const [refused, setRefused] = useState<Refusal>();
  const [busy, setBusy] = useState(false);
  const { id, who, operation } = step;
  const caller = callerOf(who, region);
  const input = step.input(keyId, region);
  const { title, text } = lockOut.steps[id];

  const ask = async () => {
    setBusy(true);
    setRefused(undefined);
    setTold(undefined);
    try {
      const output = await client.call(operation, input, { region, caller }, setTold);
      if (!step.refused) onDone(madeBy(output));
    } catch (thrown) {
      const why = refusal(thrown);
      setRefused(why);
      if (step.refused) onDone(undefined);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Section title={`${number}. ${title}`} actions={state === 'done' && <StatusIndicator>{lockOut.done}</StatusIndicator>}>
      <SpaceBetween size="s">
        {text}
        <Box color="text-body-secondary">
          <span className="wrap">{lockOut.as(lockOut.people[who], caller)}</span>
        </Box>
        <ExpandableSection headerText={lockOut.request(operation)}>
          <Code label={lockOut.request(operation)} text={shown(input)} />
        </ExpandableSection>
        <Button loading={busy} disabled={state === 'later'} ariaLabel={`${lockOut.ask(operation)}: ${title}`} onClick={() => void ask()}>
          {lockOut.ask(operation)}
        </Button>
        <Refused refusal={refused} />
        {told && told.code === undefined && (
          <span>
            <StatusIndicator>{lockOut.allowed}</StatusIndicator> <Told calls={[told]} />
          </span>
        )}
      </SpaceBetween>
    </Section>
  );
}

/** Policies in a request are texts, and read as JSON. */
function shown(input: object): string {
  const parsed = Object.entries(input).map(([name, value]) => [name, name === 'Policy' ? JSON.parse(String(value)) : value]);
  return JSON.stringify(Object.fromEntries(parsed), null, 2);
}

function madeBy(output: object): string | undefined {
  return 'KeyMetadata' in output ? (output.KeyMetadata as { KeyId: string }).KeyId : undefined;
}
