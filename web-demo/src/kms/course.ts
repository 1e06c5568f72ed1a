// What happened to a call in order, as KMS's own trace gives it: ten steps with their facts.
import type { CallCourse, CourseStep } from 'pocket-kms';

export type { CallCourse, CourseStep, KeyFacts, NamedKey, ValueFacts } from 'pocket-kms';

export type StepName = CourseStep['step'];

/** The step of this name. */
export type StepOf<Name extends StepName> = Extract<CourseStep, { step: Name }>;

export function stepOf<Name extends StepName>(course: CallCourse, name: Name): StepOf<Name> | undefined {
  return course.steps.find((step): step is StepOf<Name> => step.step === name);
}

/** Whether there is a record of the call. */
export function isRecorded(course: CallCourse | null): boolean {
  return course !== null && (stepOf(course, 'record')?.records ?? []).length > 0;
}

/** An ARN of KMS, taken apart. */
export interface Thing {
  region: string;
  account: string;
  /** Such as `key/1234` or `alias/a`. */
  resource: string;
}

export function thingOf(arn: string): Thing | undefined {
  const [, , service, region = '', account = '', ...rest] = arn.split(':');
  return service === 'kms' && rest.length > 0 ? { region, account, resource: rest.join(':') } : undefined;
}

export function keyIdOf(arn: string): string | undefined {
  const resource = thingOf(arn)?.resource;
  return resource?.startsWith('key/') ? resource.slice('key/'.length) : undefined;
}
