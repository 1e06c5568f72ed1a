/** Serves clients of the AWS SDK for JavaScript v3 in process: the last step of their middleware, without a socket. */

import { Sender } from './pkg/pocket_kms.js';

/** Answers the requests of one or more clients. */
export class RequestHandler {
  /** What the SDK asks of every handler. */
  metadata = { handlerProtocol: 'http/1.1' };
  #host;
  #sender;

  constructor(host, caller, origin) {
    this.#host = host;
    this.#sender = new Sender(caller, origin);
  }

  /** Answers one request of the SDK. */
  async handle(request, options) {
    if (options?.abortSignal?.aborted) throw aborted(options.abortSignal);
    const signal = heard(options?.abortSignal);
    const head = inUtf8(headOf(request));
    const body = bodyOf(request.body);
    const answered = this.#host.answered(() => this.#host.world.http(head, body, this.#sender, ANSWERS), signal);
    // To wait for what is there would let other work in between.
    return { response: responseOf(answered instanceof Promise ? await unlessAborted(answered, signal) : answered) };
  }

  /** There is no connection to configure. */
  updateHttpClientConfig() {}

  /** There is no connection to configure. */
  httpHandlerConfigs() {
    return {};
  }

  /** Nothing is held; the world lives on. */
  destroy() {}
}

/** A signal that can be heard, as the platform has them; those of older SDKs can be asked alone. */
function heard(signal) {
  return typeof signal?.addEventListener === 'function' ? signal : undefined;
}

/** What the handlers of the SDK throw: an error of the signal is the cause. */
function aborted({ reason }) {
  const cause = reason instanceof Error ? { cause: reason } : undefined;
  return Object.assign(new Error('Request aborted', cause), { name: 'AbortError' });
}

/** An answer that is on its way, unless a signal ends the waiting; what the call does in the world, it does all the same. */
function unlessAborted(answer, signal) {
  if (signal === undefined) return answer;
  return new Promise((resolve, reject) => {
    const abort = () => reject(aborted(signal));
    signal.addEventListener('abort', abort, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** The method, the target, and names and values of headers in turn, a line each. */
function headOf(request) {
  const { headers } = request;
  let head = `${request.method}\n${target(request)}`;
  for (const name in headers) head += `\n${name}\n${oneLine(String(headers[name]))}`;
  return head;
}

/** A line break in the value of a header is a space (RFC 9110 section 5.5). */
function oneLine(value) {
  return value.includes('\n') ? value.replaceAll(/\r?\n/g, ' ') : value;
}

/** The path of a request with its query, as a request line has it. */
function target({ path = '/', query = {} }) {
  let separator = '?';
  for (const name in query) {
    for (const value of [query[name]].flat()) {
      path += `${separator}${encodeURIComponent(name)}=${encodeURIComponent(value ?? '')}`;
      separator = '&';
    }
  }
  return path;
}

const ENCODER = new TextEncoder();

/** Room for the head of most requests, which the core copies at once. */
const ROOM = new Uint8Array(8192);

/** The bytes of a text until the next call: a text of many parts is written at once, and not read letter by letter. */
function inUtf8(text) {
  // A letter is at most three bytes.
  if (text.length * 3 > ROOM.length) return ENCODER.encode(text);
  return ROOM.subarray(0, ENCODER.encodeInto(text, ROOM).written);
}

const NOTHING = new Uint8Array();

/** The SDK hands over text, bytes, or bytes with the methods of a text. */
function bodyOf(body) {
  if (body === undefined || body === null) return NOTHING;
  if (body instanceof Uint8Array) return body;
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  return ENCODER.encode(String(body));
}

/** Takes the answers of the core out of its memory, while its frames stand: nothing here may throw. */
const ANSWERS = {
  /** Head and body, and why the caller was denied. */
  take(head, body, denied) {
    return { head, body: body.slice(), denied };
  },
};

/** The status, then names and values of headers in turn, each with the end of a line. */
function responseOf({ head, body, denied }) {
  let at = head.indexOf('\n');
  const statusCode = Number(head.slice(0, at));
  // What a socket would say of a connection that breaks.
  if (statusCode === 0) throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
  const headers = {};
  for (at += 1; at < head.length;) {
    const middle = head.indexOf('\n', at);
    const end = head.indexOf('\n', middle + 1);
    headers[head.slice(at, middle)] = head.slice(middle + 1, end);
    at = end + 1;
  }
  return { statusCode, headers, body: denied === undefined ? body : explained(body, denied) };
}

/** The body of a refusal with more members: the SDK gives those that it does not know to the error that it throws. */
function explained(body, denied) {
  const told = JSON.parse(new TextDecoder().decode(body));
  return ENCODER.encode(JSON.stringify({ ...told, ...denied }));
}
