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
    if (options?.abortSignal?.aborted) throw aborted();
    const [head, body] = [headOf(request), bodyOf(request.body)];
    const answered = await this.#host.answered(() => this.#host.world.http(head, body, this.#sender));
    return { response: responseOf(answered) };
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

function aborted() {
  return Object.assign(new Error('Request aborted'), { name: 'AbortError' });
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

const NOTHING = new Uint8Array();

/** The SDK hands over text, bytes, or bytes with the methods of a text. */
function bodyOf(body) {
  if (body === undefined || body === null) return NOTHING;
  if (body instanceof Uint8Array) return body;
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  return new TextEncoder().encode(String(body));
}

/** The status, then names and values of headers in turn, a line each; and why the caller was denied. */
function responseOf([head, body, denied]) {
  const [status, ...lines] = head.split('\n');
  // What a socket would say of a connection that breaks.
  if (status === '0') throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
  const headers = {};
  for (let at = 0; at < lines.length; at += 2) headers[lines[at].toLowerCase()] = lines[at + 1];
  return { statusCode: Number(status), headers, body: denied === undefined ? body : explained(body, denied) };
}

/** The body of a refusal with more members: the SDK gives those that it does not know to the error that it throws. */
function explained(body, denied) {
  const told = JSON.parse(new TextDecoder().decode(body));
  return new TextEncoder().encode(JSON.stringify({ ...told, ...denied }));
}
