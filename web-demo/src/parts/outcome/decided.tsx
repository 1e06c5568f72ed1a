// What a decision was taken with, how it was taken, and the ways to what took it.
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { keyIdOf, type StepOf } from '../../kms/course';
import { DIRECTORY } from '../../routes';
import { words } from '../../words';
import type { MadeCall } from '../../world/protocol';
import { KeyLink } from './thing';

const { outcome: text } = words;

interface Props {
  step: StepOf<'decision'>;
  call: MadeCall;
  /** How the checks were decided. */
  decisions: ReactNode;
}

export function Decided({ step: { grantTokens = 0, attested = false, formerPolicyOf = [] }, call, decisions }: Props) {
  const keys = [...new Set(call.decisions.map(({ resource }) => resource))].filter((arn) => keyIdOf(arn) !== undefined);
  return (
    <SpaceBetween size="s">
      {grantTokens > 0 && text.tokens(grantTokens)}
      {attested && text.attested}
      {formerPolicyOf.map((arn) => (
        <span key={arn} className="wrap">
          {text.formerPolicy} <KeyLink arn={arn} tab="policy" />
        </span>
      ))}
      {decisions}
      <SpaceBetween direction="horizontal" size="s">
        {keys.map((arn) => (
          <SpaceBetween key={arn} direction="horizontal" size="s">
            <KeyLink arn={arn} tab="policy" of={text.policyOf(arn)}>
              {text.policy}
            </KeyLink>
            <KeyLink arn={arn} tab="grants" of={text.grantsOf(arn)}>
              {text.grants}
            </KeyLink>
          </SpaceBetween>
        ))}
        <Link href={DIRECTORY}>{text.directory}</Link>
      </SpaceBetween>
    </SpaceBetween>
  );
}
