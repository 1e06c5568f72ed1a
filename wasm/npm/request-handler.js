/** Serves clients of the AWS SDK for JavaScript v3 in process: the last step of their middleware, without a socket. */

import { entered } from './module.js';
import { World } from './pkg/pocket_kms.js';

/** Answers the requests of one or more clients. */
export class RequestHandler {
  /** What the SDK asks of every handler. */
  metadata = { handlerProtocol: 'http/1.1' };
  #host;
  #headersRead;

  constructor(host) {
    this.#host = host;
    this.#headersRead = entered(() => World.headersRead());
  }

  /** Answers one request of the SDK. */
  async handle(request, { abortSignal } = {}) {
    if (abortSignal?.aborted) throw aborted();
    const headers = Object.entries(request.headers).filter(([name]) => this.#headersRead.includes(name.toLowerCase()));
    const body = await bytes(request.body);
    return { response: await this.#host.answered(() => this.#host.world.http(request.method, headers.flat(), body)) };
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

/** The SDK hands over text, bytes, or an adapter that prints itself as text. */
async function bytes(body) {
  if (body === undefined || body === null) return new Uint8Array();
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  return new TextEncoder().encode(String(body));
}
