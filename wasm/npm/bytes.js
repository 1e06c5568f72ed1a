/** Bytes in whatever class they come, of this realm or another one. */

/** The bytes themselves, not copied; `what` names them where they are not bytes. */
export function bytesOf(value, what) {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (BUFFER.test(Object.prototype.toString.call(value))) return new Uint8Array(value);
  throw new TypeError(`${what} must be bytes, such as a Uint8Array`);
}

const BUFFER = /^\[object (?:Shared)?ArrayBuffer\]$/;
