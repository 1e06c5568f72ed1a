// A refusal as an error: KMS's own exceptions, and whatever else may go wrong.
import type { Traced } from 'pocket-kms';
import type { CallCourse } from '../kms/course';
import type { Decision } from '../kms/decision';
import type { RefusalData, MadeCall } from './protocol';

type TracedError = NonNullable<Traced<unknown>['error']>;

/** The code of a refusal that is not AWS's. */
const PLAYGROUND_FAULT = 'PlaygroundFault';

export class Refusal extends Error {
  readonly code: string;
  readonly decisions: readonly Decision[];
  readonly requestId: string | undefined;
  readonly course: CallCourse | null;
  /** The call of this page that was refused. */
  told: MadeCall | undefined;

  constructor({ code, message, decisions, requestId, course }: RefusalData) {
    super(message);
    this.name = code;
    this.code = code;
    this.decisions = decisions;
    this.requestId = requestId;
    this.course = course ?? null;
  }
}

/** Reads whatever was thrown. A `KmsError` of the package carries `code`, `decisions` and `requestId`. */
export function refusalData(thrown: unknown): RefusalData {
  const { code, message, decisions, requestId, course } = (thrown ?? {}) as Partial<RefusalData>;
  return {
    code: typeof code === 'string' ? code : PLAYGROUND_FAULT,
    message: message ?? String(thrown),
    decisions: Array.isArray(decisions) ? decisions : [],
    requestId: requestId || undefined,
    course: course ?? null,
  };
}

export function refusal(thrown: unknown): Refusal {
  return thrown instanceof Refusal ? thrown : new Refusal(refusalData(thrown));
}

/** The refusal of a call that was traced. */
export function refused({ code, message }: TracedError, rest: Omit<RefusalData, 'code' | 'message'>): Refusal {
  return new Refusal({ ...rest, code: code ?? PLAYGROUND_FAULT, message: message ?? code ?? '' });
}

/** Whether it is not AWS's. */
export function isOfPlayground({ code }: { code: string }): boolean {
  return code === PLAYGROUND_FAULT;
}

/** A refusal of the playground's own. */
export function playgroundFault(message: string): Refusal {
  return new Refusal({ code: PLAYGROUND_FAULT, message, decisions: [] });
}
