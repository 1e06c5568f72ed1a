// What state the keys were in, and whether that allowed the operation.
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { KeyFacts, StepOf } from '../../kms/course';
import { words } from '../../words';
import { dateTime } from '../instants';
import { KeyLink } from './thing';

const { outcome: text } = words;

export function States({ step: { keys = [] } }: { step: StepOf<'state'> }) {
  if (keys.length === 0) return text.noKeys;
  return (
    <SpaceBetween size="xs">
      {keys.map((facts) => (
        <State key={facts.key} facts={facts} />
      ))}
    </SpaceBetween>
  );
}

function State({ facts }: { facts: KeyFacts }) {
  const { key, state, hiddenState, deletionDate, spec, usage, needsUsage, allows, refusal } = facts;
  return (
    <SpaceBetween size="xxs">
      <span className="wrap">
        {text.is} <KeyLink arn={key} /> {text.isOf(state, spec, usage)}
      </span>
      {hiddenState !== undefined && text.hiddenState(hiddenState)}
      {deletionDate && text.deletion(dateTime(deletionDate))}
      {needsUsage !== undefined && needsUsage !== usage && text.needsUsage(needsUsage)}
      {allows === null ? text.notAsked : allows ? text.allows : text.refuses(refusal ?? '')}
    </SpaceBetween>
  );
}
