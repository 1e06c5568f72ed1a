// A lock-out as a guided scenario: a key policy that shuts people out, what KMS says to them, and the ways back.
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { STEPS } from '../../kms/lock-out';
import { Info } from '../../parts/info';
import { Section } from '../../parts/section';
import { usePreference } from '../../shell/preferences';
import { words } from '../../words';
import { Step } from './step';

const { lockOut } = words;

interface Progress {
  keyId: string;
  /** How many steps are done. */
  done: number;
}

const BEGINNING: Progress = { keyId: '', done: 0 };

export default function LockOutPage() {
  const [{ keyId, done }, setProgress] = usePreference('lock-out', BEGINNING);
  const [run, setRun] = useState(0);
  const again = () => {
    setProgress(BEGINNING);
    setRun(run + 1);
  };
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        info={<Info />}
        description={lockOut.text}
        actions={
          <Button disabled={done === 0} onClick={again}>
            {lockOut.again}
          </Button>
        }
      >
        {lockOut.title}
      </Header>
      {STEPS.map((step, at) => (
        <Step
          key={`${run} ${step.id}`}
          step={step}
          number={at + 1}
          keyId={keyId}
          state={at < done ? 'done' : at === done ? 'next' : 'later'}
          onDone={(made) => setProgress({ keyId: made ?? keyId, done: at + 1 })}
        />
      ))}
      <Section title={lockOut.support.title}>
        <SpaceBetween size="m">
          {lockOut.support.text}
          <Alert type="info">{lockOut.support.here}</Alert>
        </SpaceBetween>
      </Section>
    </SpaceBetween>
  );
}
