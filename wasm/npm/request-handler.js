/** Serves clients of the AWS SDK for JavaScript v3 in process: the last step of their middleware, without a socket. */

import { Sender } from './pkg/pocket_kms.js';

/** Answers the requests of one or more clients. */
export class RequestHandler {
  /** What the SDK asks of every handler. */
  metadata = { handlerProtocol: 'http/1.1' };
  #host;
  #sender;
  #requestTimeout;

  constructor(host, { caller, origin, requestTimeout }) {
    this.#host = host;
    this.#sender = new Sender(caller, origin);
    this.#requestTimeout = timeout(requestTimeout);
  }

  /** Answers one request of the SDK. */
  handle(request, options) {
    return this.#handle(request, options);
  }

  /** A handler in place of the one that a client has: it waits for as long as that one. */
  inPlaceOf(own) {
    return { metadata: this.metadata, handle: (request, options) => this.#handle(request, options, own) };
  }

  async #handle(request, options, own) {
    const { abortSignal, requestTimeout = this.#requestTimeout } = options ?? {};
    if (abortSignal?.aborted) throw aborted(abortSignal);
    const head = inUtf8(headOf(request));
    const body = bodyOf(request.body);
    const waits = abortSignal ?? requestTimeout ?? own;
    const ending = waits === undefined ? undefined : new Ending(heard(abortSignal), async () => requestTimeout ?? timeoutOf(own));
    const answered = this.#host.answered(() => this.#host.world.http(head, body, this.#sender, ANSWERS), ending?.signal);
    // To wait for what is there would let other work in between.
    const answer = answered instanceof Promise ? await (ending?.before(answered) ?? answered) : answered;
    return { response: responseOf(answer) };
  }

  /** Answers what code fetches by itself, as the `fetch` of the platform does; may be passed on as it is. */
  fetch = async (resource, init) => {
    const request = new Request(resource, init);
    const { signal, method, headers } = request;
    const { host, pathname, search } = new URL(request.url);
    const body = new Uint8Array(await request.arrayBuffer());
    const asked = { method, path: pathname + search, headers: { host, ...Object.fromEntries(headers) }, body };
    const { response } = await this.#handle(asked, { abortSignal: signal }).catch((error) => {
      throw signal.aborted ? signal.reason : unreached(error);
    });
    return new Response(response.body, { status: response.statusCode, headers: response.headers });
  };

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

/** What `fetch` throws where the SDK's handlers throw what a socket says. */
function unreached(error) {
  const { code, message } = error;
  return code === 'ECONNRESET' ? new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) }) : error;
}

/** What the handlers of the SDK throw when they have waited for long enough. */
function late(millis) {
  const message = `no answer has come within the requestTimeout of ${millis} ms`;
  return Object.assign(new Error(message), { name: 'TimeoutError', code: 'ETIMEDOUT' });
}

/** What somebody says of how long to wait, in milliseconds. */
function timeout(said) {
  if (said === undefined || (typeof said === 'number' && said >= 0)) return said;
  throw new TypeError(`requestTimeout is a number of milliseconds, not ${String(said)}`);
}

/** How long the handler waits that a client has, as the SDK's own are configured. */
async function timeoutOf(own) {
  const said = own?.config ?? (await own?.configProvider) ?? {};
  // That of browsers always throws; that of Node tells of it alone, unless it is told otherwise.
  const throwing = 'throwOnRequestTimeout' in said ? said.throwOnRequestTimeout : true;
  const limits = [throwing ? said.requestTimeout : undefined, said.socketTimeout].filter((millis) => millis > 0);
  return limits.length > 0 ? Math.min(...limits) : undefined;
}

/** The end of the waiting for an answer: what the call does in the world, it does all the same. */
class Ending {
  #abortSignal;
  /** Tells after how many milliseconds it comes, if it is not aborted before. */
  #limit;
  #controller = new AbortController();

  constructor(abortSignal, limit) {
    this.#abortSignal = abortSignal;
    this.#limit = limit;
  }

  /** Aborted when nobody waits any more. */
  get signal() {
    return this.#controller.signal;
  }

  /** The answer, unless the waiting ends before it has come. */
  before(answer) {
    return new Promise((resolve, reject) => {
      let timer;
      let waits = true;
      const end = (error) => {
        reject(error);
        this.#controller.abort();
      };
      const abort = () => end(aborted(this.#abortSignal));
      this.#abortSignal?.addEventListener('abort', abort, { once: true });
      this.#limit().then((millis) => {
        if (waits && millis > 0) timer = setTimeout(() => end(late(millis)), millis);
      }, end);
      answer.then(resolve, reject).finally(() => {
        waits = false;
        clearTimeout(timer);
        this.#abortSignal?.removeEventListener('abort', abort);
      });
    });
  }
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
  // What a socket would say of a connection that breaks, under the name that the SDK's own handler gives it.
  if (statusCode === 0) throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });
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
