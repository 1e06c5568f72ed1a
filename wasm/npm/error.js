/** The error of a refused call. */

const MARK = Symbol.for('pocket-kms.KmsError');

/** A refusal: `code` is the name of AWS's exception, `reasons` say why KMS denied the caller. */
export class KmsError extends Error {
  constructor({ code, message, reasons = [], requestId = '' }) {
    super(message || code);
    this.name = 'KmsError';
    this.code = code;
    this.reasons = reasons;
    this.requestId = requestId;
  }

  /** Works across copies of this file, such as that of a CommonJS program. */
  static [Symbol.hasInstance](value) {
    return value?.[MARK] === true;
  }
}

Object.defineProperty(KmsError.prototype, MARK, { value: true });
