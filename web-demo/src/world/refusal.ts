// A refusal as an error: KMS's own exceptions, and whatever else may go wrong.
import type { RefusalData } from './protocol';

/** The code of a refusal that is not AWS's. */
export const PLAYGROUND_FAULT = 'PlaygroundFault';

export class Refusal extends Error {
  readonly code: string;
  readonly reasons: string[];

  constructor({ code, message, reasons }: RefusalData) {
    super(message);
    this.name = code;
    this.code = code;
    this.reasons = reasons;
  }
}

/** Reads whatever was thrown. A `KmsError` of the package carries `code` and `reasons`. */
export function refusalData(thrown: unknown): RefusalData {
  const { code, message, reasons } = (thrown ?? {}) as Partial<RefusalData>;
  return {
    code: typeof code === 'string' ? code : PLAYGROUND_FAULT,
    message: message ?? String(thrown),
    reasons: Array.isArray(reasons) ? reasons.map(sentence) : [],
  };
}

export function refusal(thrown: unknown): Refusal {
  return thrown instanceof Refusal ? thrown : new Refusal(refusalData(thrown));
}

function sentence(reason: unknown): string {
  return typeof reason === 'string' ? reason : JSON.stringify(reason);
}
