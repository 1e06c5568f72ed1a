/** The error of a refused call. */

import { marked } from './mark.js';

/**
 * A refusal: `code` and `name` are the name of AWS's exception, `reasons` and `decisions` say why KMS denied the caller, or
 * `reasons` which operation may be meant.
 */
export class KmsError extends Error {
  constructor({ code, message, reasons = [], decisions = [], requestId = '' } = {}) {
    if (typeof code !== 'string') throw new TypeError('a KmsError needs a code: new KmsError({ code, message })');
    super(message || code);
    Object.defineProperty(this, 'name', { value: code, configurable: true, writable: true });
    this.code = code;
    this.reasons = reasons;
    this.requestId = requestId;
    // Whoever prints the error reads the reasons, which say the same.
    Object.defineProperty(this, 'decisions', { value: decisions });
    // The first line of a stack is written when the stack is taken, and shall show the code.
    Error.captureStackTrace?.(this, KmsError);
  }
}

marked(KmsError, 'KmsError');
