// The course of a call as a list: each step with its fate, and what there is to say of it.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { ReactNode } from 'react';
import { stepOf, type CallCourse, type CourseStep } from '../../kms/course';
import { FAULTS } from '../../routes';
import { words } from '../../words';
import type { MadeCall } from '../../world/protocol';
import { wouldSucceed } from '../dry-run';
import { InspectLink } from '../inspect-link';
import { Changes, Records } from './consequences';
import { Decided } from './decided';
import { Keys } from './keys';
import { Due, Quotas, Shape } from './request';
import { Performance } from './performance';
import { States } from './states';

const { outcome: text } = words;

const LOOKS: Record<CourseStep['fate'], StatusIndicatorProps.Type> = { passed: 'success', refused: 'error', 'not reached': 'pending' };

interface Props {
  call: MadeCall;
  course: CallCourse;
  /** How the checks were decided. */
  decisions: ReactNode;
}

export function Course({ call, course, decisions }: Props) {
  const isCryptographic = stepOf(course, 'performance')?.cryptographic === true;
  return (
    <SpaceBetween size="s">
      {course.fault && <MetFault fault={course.fault} />}
      <ol className="course" aria-label={text.ours}>
        {course.steps.map((step) => (
          <li key={step.step} className={`course-${step.fate.replace(' ', '-')}`}>
            <SpaceBetween size="xxs">
              <div>
                <Box variant="h3" display="inline">
                  {step.step === 'performance' && isCryptographic ? text.cryptography : text.steps[step.step]}
                </Box>{' '}
                <Fate step={step} code={call.code} />
              </div>
              {step.fate !== 'not reached' && <Facts step={step} call={call} decisions={decisions} />}
            </SpaceBetween>
          </li>
        ))}
      </ol>
    </SpaceBetween>
  );
}

function Fate({ step: { fate }, code }: { step: CourseStep; code: string | undefined }) {
  if (fate === 'refused' && wouldSucceed(code)) return <StatusIndicator type="success" wrapText>{text.dryRun}</StatusIndicator>;
  return <StatusIndicator type={LOOKS[fate]}>{text.fates[fate]}</StatusIndicator>;
}

function MetFault({ fault: { kind, moment } }: { fault: NonNullable<CallCourse['fault']> }) {
  return (
    <Alert type="warning">
      {text.fault(kind)} {moment === 'before' ? text.faultBefore : text.faultAfter} {text.lost} <Link href={FAULTS}>{text.seeFaults}</Link>
    </Alert>
  );
}

function Facts({ step, call, decisions }: { step: CourseStep; call: MadeCall; decisions: ReactNode }) {
  switch (step.step) {
    case 'operation':
      return step.action ? text.needs(step.action) : null;
    case 'shape':
      return <Shape step={step} />;
    case 'due':
      return <Due step={step} />;
    case 'keys':
      return <Keys step={step} />;
    case 'quotas':
      return <Quotas step={step} />;
    case 'decision':
      return <Decided step={step} call={call} decisions={decisions} />;
    case 'state':
      return <States step={step} />;
    case 'performance':
      return (
        <SpaceBetween size="xs">
          <Performance step={step} />
          {step.fate === 'refused' && <InspectLink call={call} />}
        </SpaceBetween>
      );
    case 'changes':
      return <Changes step={step} />;
    case 'record':
      return <Records step={step} />;
  }
}
