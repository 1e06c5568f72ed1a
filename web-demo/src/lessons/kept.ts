// How far somebody has come in a lesson, as a text that outlives the page: what was told stays told after a reload.
import { parse, stringify } from 'devalue';
import { FromEnvironment, FromFile } from '../as-code/values';
import type { Outcome } from './perform';
import type { Values } from './values';

export type DoneStep = Omit<Outcome, 'values'> & {
  /** Whether a person has done it on the page. */
  byHand?: boolean;
};

export interface Progress {
  done: readonly DoneStep[];
  values: Values;
}

export const BEGINNING: Progress = { done: [], values: {} };

const REDUCERS = {
  FromEnvironment: (value: unknown) => value instanceof FromEnvironment && value.name,
  FromFile: (value: unknown) => value instanceof FromFile && value.name,
};

const REVIVERS = {
  FromEnvironment: (name: string) => new FromEnvironment(name),
  FromFile: (name: string) => new FromFile(name),
};

export function written(progress: Progress): string {
  return stringify({ ...progress, done: progress.done.map(withoutOutput) }, REDUCERS);
}

/** What later steps need of replies stands among the values. */
function withoutOutput(done: DoneStep): DoneStep {
  return { ...done, calls: done.calls.map((call) => ({ ...call, output: undefined })) };
}

/** What cannot be read is as good as nothing. */
export function read(text: string): Progress {
  if (text === '') return BEGINNING;
  try {
    return parse(text, REVIVERS) as Progress;
  } catch {
    return BEGINNING;
  }
}
