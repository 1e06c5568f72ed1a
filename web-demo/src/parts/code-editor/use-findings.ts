// What KMS would say of a policy, a moment after each change.
import { useEffect, useState } from 'react';
import { findingOf, type Finding } from '../../kms/finding';
import { useRevision } from '../../world/context';
import { refusal } from '../../world/refusal';

/** Who types is not disturbed for so many milliseconds. */
const PAUSE = 250;

const NOTHING: readonly Finding[] = [];

/** `judge` refuses as KMS would; give a stable one. */
export function useFindings(text: string, judge: ((text: string) => Promise<void>) | undefined): readonly Finding[] {
  const revision = useRevision();
  const [findings, setFindings] = useState(NOTHING);
  useEffect(() => {
    let current = true;
    const ask = async () => {
      const refused = await judge?.(text).then(() => NOTHING, (thrown: unknown) => [findingOf(refusal(thrown))]);
      if (current) setFindings(refused ?? NOTHING);
    };
    const timer = setTimeout(() => void ask(), PAUSE);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [revision, text, judge]);
  return findings;
}
