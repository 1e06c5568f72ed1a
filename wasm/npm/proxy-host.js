/**
 * Sends what KMS asks to the proxies of external key stores, and says what has become of it.
 *
 * The core builds and signs each request, and decides what an answer means; this module brings the connection. Nothing is
 * sent to an endpoint that whoever runs the program has not allowed.
 */

import { Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent, request as tlsRequest } from 'node:https';

/** Answers that are longer are malformed (64 KiB); one byte more shows that they are. */
const LONGEST = 65_537;

/** Of TLS 1.2, KMS knows these two; which ones of TLS 1.3 are spoken is up to OpenSSL. */
const CIPHERS = [
  'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384',
].join(':');

/** What Node calls an error of a connection, and what the core calls it. */
const FAILURES = {
  ECONNREFUSED: { unreachable: 'refused' },
  ECONNRESET: { unreachable: 'reset' },
  EPIPE: { unreachable: 'reset' },
  EHOSTUNREACH: { unreachable: 'no-route' },
  ENETUNREACH: { unreachable: 'no-route' },
  ENOTFOUND: { unreachable: 'name' },
  EAI_AGAIN: { unreachable: 'name' },
  CERT_HAS_EXPIRED: { tls: 'expired' },
  CERT_NOT_YET_VALID: { tls: 'expired' },
  ERR_TLS_CERT_ALTNAME_INVALID: { tls: 'wrong-name' },
  DEPTH_ZERO_SELF_SIGNED_CERT: { tls: 'untrusted-issuer' },
  SELF_SIGNED_CERT_IN_CHAIN: { tls: 'untrusted-issuer' },
  UNABLE_TO_GET_ISSUER_CERT: { tls: 'chain' },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: { tls: 'chain' },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: { tls: 'chain' },
};

/** The proxies that may be asked, and the connections to them. */
export class ProxyHost {
  #places;
  #plain = new PlainAgent({ keepAlive: true, maxFreeSockets: 8 });
  #agent;
  /** What is known of certificates: a session that is resumed does not show its own again. */
  #certificates = new Map();

  /** Allows endpoints: a list, or an object that says of each at which base URL it is to be found instead. */
  constructor(allowed, ca) {
    const places = Array.isArray(allowed) ? allowed.map((endpoint) => [endpoint, endpoint]) : Object.entries(allowed);
    this.#places = new Map(places.map(([endpoint, base]) => [endpointOf(endpoint), placeOf(base ?? endpoint)]));
    const tls = { ca, ciphers: CIPHERS, minVersion: 'TLSv1.2', rejectUnauthorized: true };
    this.#agent = new Agent({ keepAlive: true, maxFreeSockets: 8, ...tls });
  }

  /** Answers a question of the core in one of the forms that it reads. */
  async answer(question) {
    const place = this.#places.get(`${question.scheme}://${question.host}`.toLowerCase());
    if (place === undefined) return { unreachable: 'not-allowed' };
    const begun = performance.now();
    const first = await this.#asked(question, place, begun);
    // The proxy may have closed a kept connection before it saw anything: one more connection, and no more time.
    return first === STALE ? this.#asked(question, place, begun) : first;
  }

  #asked(question, place, begun) {
    return new Promise((resolve) => {
      const request = this.#request(question, place);
      let waiting = 'connecting';
      const end = (answer) => {
        clearTimeout(timer);
        resolve(answer);
      };
      const limit = question.timeLimit === null ? undefined : question.timeLimit - (performance.now() - begun);
      const giveUp = () => {
        end({ timeout: waiting });
        request.destroy();
      };
      const timer = limit === undefined ? undefined : setTimeout(giveUp, Math.max(0, limit));
      request.on('socket', (socket) => {
        // A kept connection stands already, and nothing more is to be heard of how it was made.
        if (!socket.connecting) {
          waiting = 'answer';
          return;
        }
        socket.once('connect', () => { waiting = 'answer'; });
        socket.once('secureConnect', () => this.#note(question.host, socket));
      });
      request.on('error', (error) => {
        const answer = failed(error);
        end(request.reusedSocket && answer.unreachable === 'reset' ? STALE : answer);
      });
      request.on('response', (response) => {
        received(response).then(
          (body) => end(this.#answered(question, response, body, performance.now() - begun)),
          (error) => end(failed(error)),
        );
      });
      request.end(question.body);
    });
  }

  /** Connects to where the endpoint is, under the name that it has. */
  #request(question, { host, port, tls }) {
    const { method, path } = question;
    const headers = Object.fromEntries(question.headers);
    const options = { host, port, method, path, headers };
    if (!tls) return plainRequest({ ...options, agent: this.#plain });
    return tlsRequest({ ...options, agent: this.#agent, servername: question.host });
  }

  #note(host, socket) {
    const { subject, valid_to: end } = socket.getPeerCertificate?.() ?? {};
    if (typeof subject?.CN !== 'string' || end === undefined) return;
    this.#certificates.set(host, { subject: subject.CN, notAfter: new Date(end) });
  }

  #answered(question, response, body, elapsed) {
    const headers = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
    const certificate = this.#certificates.get(question.host);
    const answer = { status: response.statusCode, headers, body, elapsed: Math.floor(elapsed) };
    return certificate === undefined ? answer : { ...answer, certificate };
  }
}

/** A kept connection that its peer had closed. */
const STALE = Symbol('the connection was stale');

/** The bytes of a response, or as many of them as show that they are too many. */
async function received(response) {
  const parts = [];
  let length = 0;
  for await (const part of response) {
    parts.push(part);
    length += part.length;
    if (length >= LONGEST) break;
  }
  return new Uint8Array(Buffer.concat(parts, Math.min(length, LONGEST)));
}

/** What to say of a request that has come to nothing. */
function failed({ code = '', message = '', reason = message }) {
  const known = FAILURES[code];
  if (known !== undefined) return known;
  // Something has answered, and not in HTTP: there is nothing to read in it.
  if (code.startsWith('HPE_')) return { status: 0, body: new Uint8Array(), elapsed: 0 };
  if (code !== 'EPROTO' && !code.startsWith('ERR_SSL_') && !code.startsWith('ERR_TLS_')) return { unreachable: 'other' };
  const said = `${code} ${reason}`.toUpperCase().replaceAll(' ', '_');
  if (said.includes('CERTIFICATE_REQUIRED')) return { tls: 'client-certificate' };
  const words = ['PROTOCOL', 'CIPHER', 'VERSION', 'HANDSHAKE_FAILURE'];
  // The code itself says EPROTO, which is about nothing in particular.
  return { tls: words.some((word) => said.replace('EPROTO', '').includes(word)) ? 'protocol' : 'other' };
}

/** An endpoint as CreateCustomKeyStore names it. */
function endpointOf(text) {
  const { protocol, hostname } = parsed(text) ?? {};
  if (protocol !== 'https:' || text.toLowerCase() !== `https://${hostname}`) {
    throw new TypeError(`the endpoint of a proxy is https:// and a host, such as https://xks.example.com, not '${text}'`);
  }
  return text.toLowerCase();
}

/** Where a base URL leads. */
function placeOf(text) {
  const url = parsed(text);
  const isPlain = url && ['http:', 'https:'].includes(url.protocol) && url.pathname === '/' && !url.search && !url.username;
  if (!isPlain) throw new TypeError(`a proxy is found at a URL such as https://127.0.0.1:8443, not at '${String(text)}'`);
  const tls = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return { host, port: url.port === '' ? (tls ? 443 : 80) : Number(url.port), tls };
}

function parsed(text) {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
