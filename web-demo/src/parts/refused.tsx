// A refusal, beside what was asked: AWS's exception and sentence, and why the caller was denied.
import Alert from '@cloudscape-design/components/alert';
import { useEffect, useRef } from 'react';
import { words } from '../words';
import type { Refusal } from '../world/refusal';
import { wouldSucceed } from './dry-run';
import { InspectLink } from './inspect-link';
import { Told } from './told';

/** Shows nothing where nothing was refused. */
export function Refused({ refusal }: { refusal: Refusal | undefined }) {
  return refusal && <RefusedAlert refusal={refusal} />;
}

function RefusedAlert({ refusal }: { refusal: Refusal }) {
  const place = useRef<HTMLDivElement>(null);
  // Nobody would see a refusal below the edge of a small screen.
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest' });
  }, [refusal]);
  const success = wouldSucceed(refusal.code);
  return (
    <div role={success ? 'status' : 'alert'} className="refused" ref={place}>
      <Alert type={success ? 'success' : 'error'} header={refusal.code}>
        <Sentences refusal={refusal} />
      </Alert>
    </div>
  );
}

/** The sentence of a refusal, why, and what was asked, as code. */
export function Sentences({ refusal: { code, message, told } }: { refusal: Refusal }) {
  // Some exceptions of AWS come without a sentence; the package then repeats their name.
  const sentence = message === code ? undefined : message;
  return (
    <>
      {sentence} {wouldSucceed(code) && words.dryRun.success} {told && <Told calls={[told]} />} {told && <InspectLink call={told} />}
    </>
  );
}
