// What is said of a policy while it is written: by KMS, which would refuse it, and by the linter.
import type { Finding as Linted, LintOptions } from 'pocket-kms';
import type { RefusalData } from '../world/protocol';

/** What a policy is attached to, which has rules of its own. */
export type PolicyKind = NonNullable<LintOptions['kind']>;

export type Severity = 'error' | 'warning' | 'info';

export interface Place {
  /** Both count from 1. */
  line?: number;
  column?: number;
  /** Such as `Statement[1].Condition.StringEquals`; empty for the whole document. */
  path: string;
}

export interface Finding {
  code: string;
  severity: Severity;
  place: Place;
  sentence: string;
  reason?: string;
  /** What would be better. */
  mend?: string;
}

/** How KMS begins its sentence where it says which element is malformed. */
const PATH = /malformed: ([A-Z]\w*(?:\[\d+\]|\.[^\s:.[]+)*): /;
const LINE = /at line (\d+), column (\d+)/;

/** Why KMS would not take the policy, at the place that it names. */
export function findingOf({ code, message }: Pick<RefusalData, 'code' | 'message'>): Finding {
  const [, line, column] = LINE.exec(message) ?? [];
  const place = { path: PATH.exec(message)?.[1] ?? '', ...(line && column ? { line: Number(line), column: Number(column) } : {}) };
  return { code, severity: 'error', place, sentence: message };
}

const SEVERITIES: Record<Linted['severity'], Severity> = {
  ERROR: 'error',
  SECURITY_WARNING: 'warning',
  GENERAL_WARNING: 'warning',
  SUGGESTION: 'info',
};

/** What the linter has found, as an editor shows it. */
export function shown({ code, severity, line, column, path, sentence, reason, mend }: Linted): Finding {
  const place = { path, ...(line === null || column === null ? {} : { line, column }) };
  return { code, severity: SEVERITIES[severity], place, sentence, reason, mend };
}

/** `Statement[1].Action` as its steps. */
export function stepsOf(path: string): (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, name]) => (index === undefined ? (name ?? '') : Number(index)));
}
