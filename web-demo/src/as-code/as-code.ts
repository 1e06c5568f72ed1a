// Calls as code, in four forms.
import { boto3 } from './boto3';
import { commands } from './cli';
import { cloudFormation } from './cloudformation';
import { javascript } from './javascript';
import { stepsOf, type Recorded } from './steps';
import type { Surroundings } from './values';

export type Form = 'cli' | 'boto3' | 'javascript' | 'cloudformation';

export interface Code {
  form: Form;
  files: readonly { name: string; text: string }[];
  /** Operations that this form cannot say. */
  leftOut: readonly string[];
}

/** A form that says nothing of the calls is left out. */
export function asCode(calls: readonly Recorded[], surroundings: Surroundings): Code[] {
  const steps = stepsOf(calls);
  const name = steps.length === 1 ? (steps[0]?.operation ?? 'calls') : 'lesson';
  const whole = (form: Form, ending: string, text: string): Code => ({ form, files: [{ name: `${name}.${ending}`, text }], leftOut: [] });
  const templates = cloudFormation(steps);
  const stack: Code[] = templates
    ? [
        {
          form: 'cloudformation',
          files: templates.templates.map(({ region, text }) => ({ name: `${name}-${region}.yaml`, text })),
          leftOut: templates.leftOut,
        },
      ]
    : [];
  return [
    whole('cli', 'sh', commands(steps, surroundings)),
    whole('boto3', 'py', boto3(steps, surroundings)),
    whole('javascript', 'mjs', javascript(steps, surroundings)),
    ...stack,
  ];
}
