/** Serves clients of the AWS SDK for JavaScript v3 in process: the last step of their middleware, without a socket. */

/** Answers the requests of one or more clients. */
export class RequestHandler {
  /** What the SDK asks of every handler. */
  metadata = { handlerProtocol: 'http/1.1' };
  #host;

  constructor(host) {
    this.#host = host;
  }

  /** Answers one request of the SDK. */
  async handle(request, { abortSignal } = {}) {
    if (abortSignal?.aborted) throw aborted();
    const headers = Object.entries(request.headers).flat().map(String);
    const body = await bytes(request.body);
    const { world } = this.#host;
    return { response: await this.#host.answered(() => world.http(request.method, target(request), headers, body)) };
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

/** The path of a request with its query, as a request line has it. */
function target({ path = '/', query = {} }) {
  const pairs = Object.entries(query).flatMap(([name, values]) =>
    [values].flat().map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value ?? '')}`),
  );
  return pairs.length > 0 ? `${path}?${pairs.join('&')}` : path;
}

/** The SDK hands over text, bytes, or an adapter that prints itself as text. */
async function bytes(body) {
  if (body === undefined || body === null) return new Uint8Array();
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  return new TextEncoder().encode(String(body));
}
