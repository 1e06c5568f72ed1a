// A refusal as an error: KMS's own exceptions, and whatever else may go wrong.
import type { CallCourse } from '../kms/course';
import type { Decision } from '../kms/decision';
import type { RefusalData, MadeCall } from './protocol';

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

/** What was thrown, with the decisions on the call unless it brings its own. */
export function refused(thrown: unknown, decisions: readonly Decision[]): Refusal {
  const data = refusalData(thrown);
  return new Refusal(data.decisions.length > 0 ? data : { ...data, decisions });
}

/** Whether it is not AWS's. */
export function isOfPlayground({ code }: { code: string }): boolean {
  return code === PLAYGROUND_FAULT;
}

/** A refusal of the playground's own. */
export function playgroundFault(message: string): Refusal {
  return new Refusal({ code: PLAYGROUND_FAULT, message, decisions: [] });
}
