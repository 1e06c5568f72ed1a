// What was asked: the shape of the request, what had fallen due before it, and what it costs.
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { StepOf } from '../../kms/course';
import { QUOTAS } from '../../routes';
import { words } from '../../words';
import { KeyLink } from './thing';

const { outcome: text } = words;

export function Shape({ step: { read = [], ignored = [], moreIgnored = 0 } }: { step: StepOf<'shape'> }) {
  const names = [...ignored, ...(moreIgnored > 0 ? [text.more(moreIgnored)] : [])];
  return (
    <SpaceBetween size="xxs">
      <span className="wrap">{read.length > 0 ? text.read(read.join(', ')) : text.readNothing}</span>
      {names.length > 0 && <span className="wrap">{text.ignored(names.join(', '))}</span>}
    </SpaceBetween>
  );
}

export function Due({ step: { settled = 0, made = [] } }: { step: StepOf<'due'> }) {
  return (
    <SpaceBetween size="xxs">
      {settled > 0 ? text.settled(settled) : text.nothingDue}
      {made.length > 0 && (
        <div>
          {text.made}: {made.map((arn) => <KeyLink key={arn} arn={arn} />)}
        </div>
      )}
    </SpaceBetween>
  );
}

export function Quotas({ step: { costs = [], enforced = false, throttledBy } }: { step: StepOf<'quotas'> }) {
  return (
    <SpaceBetween size="xxs">
      {costs.length === 0 && text.free}
      {costs.map(({ quota, requests }) => (
        <span key={quota}>{text.counts(requests, quota)}</span>
      ))}
      {throttledBy !== undefined && <span className="wrap">{text.throttledBy(throttledBy)}</span>}
      <span>
        {enforced ? text.enforced : text.notEnforced} <Link href={QUOTAS}>{text.seeQuotas}</Link>
      </span>
    </SpaceBetween>
  );
}
