/** What failed expectations throw: every runner of tests shows it as it shows an error of `node:assert`. */

/** An expectation that does not hold; the message is the core's. */
class AssertionError extends Error {
  constructor(message, records, caller) {
    super(message);
    Object.defineProperty(this, 'name', { value: 'AssertionError', configurable: true, writable: true });
    this.code = 'ERR_ASSERTION';
    // There is nothing to compare beside the message: the runners then print it alone, as they do for `assert.fail`.
    this.generatedMessage = false;
    this.operator = 'fail';
    // Who prints the error reads them in the message.
    Object.defineProperty(this, 'records', { value: records });
    // The first line of the stack is the test's.
    Error.captureStackTrace?.(this, caller);
  }
}

/** Throws where an expectation does not hold; `caller` is the method that the test has called. */
export function expected({ holds, message, records }, caller) {
  if (!holds) throw new AssertionError(message, records, caller);
}
