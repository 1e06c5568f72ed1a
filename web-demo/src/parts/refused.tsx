// A refusal, beside what was asked: AWS's exception and sentence, and why the caller was denied.
import Alert from '@cloudscape-design/components/alert';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import { useEffect, useRef } from 'react';
import { words } from '../words';
import type { Refusal } from '../world/refusal';

/** Shows nothing where nothing was refused. */
export function Refused({ refusal }: { refusal: Refusal | undefined }) {
  return refusal && <RefusedAlert refusal={refusal} />;
}

function RefusedAlert({ refusal }: { refusal: Refusal }) {
  const place = useRef<HTMLDivElement>(null);
  // A refusal below the edge of a small screen would be none.
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest' });
  }, [refusal]);
  return (
    <div role="alert" className="refused" ref={place}>
      <Alert type="error" header={refusal.code}>
        <Sentences refusal={refusal} />
      </Alert>
    </div>
  );
}

/** The sentence of a refusal, and its reasons, which unfold. */
export function Sentences({ refusal: { code, message, reasons } }: { refusal: Refusal }) {
  // Some exceptions of AWS come without a sentence; the package then repeats their name.
  const sentence = message === code ? undefined : message;
  if (reasons.length === 0) return sentence;
  return (
    <>
      {sentence}
      <ExpandableSection headerText={words.reasons} headerAriaLabel={words.reasons}>
        {reasons.map((reason) => (
          <div key={reason} className="reason">
            {reason}
          </div>
        ))}
      </ExpandableSection>
    </>
  );
}
