// What KMS and the linter say of a policy, a moment after each change.
import { useEffect, useState } from 'react';
import { findingOf, type Finding, type PolicyKind } from '../../kms/finding';
import { accountOf } from '../../kms/places-config';
import { useClient, usePlace, useRevision } from '../../world/context';
import { refusal } from '../../world/refusal';

/** How many milliseconds pass after the last key stroke before findings show. */
const PAUSE = 250;

const NOTHING: readonly Finding[] = [];

/** Refuses a text as KMS would. */
export type Judge = (text: string) => Promise<void>;

/** Give a stable `judge`. JSON that is not a policy has no kind, and gets no findings. */
export function useFindings(text: string, kind: PolicyKind | null, judge: Judge | undefined): readonly Finding[] {
  const client = useClient();
  const account = accountOf(usePlace().caller);
  const revision = useRevision();
  const [findings, setFindings] = useState(NOTHING);
  useEffect(() => {
    let current = true;
    const ask = async () => {
      const refused = judge?.(text).then(() => NOTHING, (thrown: unknown) => [findingOf(refusal(thrown))]);
      // A linter that cannot be loaded does not silence KMS.
      const linted = kind === null || text.trim() === '' ? NOTHING : client.lint(text, kind, account).catch(() => NOTHING);
      const all = (await Promise.all([refused ?? NOTHING, linted])).flat();
      if (current) setFindings(all);
    };
    const timer = setTimeout(() => void ask(), PAUSE);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [client, account, revision, text, kind, judge]);
  return findings;
}
