// Ways in which a proxy, or the way to it, can misbehave (section 4.1 of the specification of custom key stores).
import type { ProxyFault } from './stores-setup';

export interface FaultOffer {
  id: string;
  label: string;
  description: string;
  fault: ProxyFault;
}

const error = (errorName: string, description: string): FaultOffer => ({
  id: errorName,
  label: errorName,
  description,
  fault: { fault: 'error', errorName },
});

export const PROXY_FAULTS: readonly FaultOffer[] = [
  error('InternalException', 'The proxy cannot reach the key manager.'),
  error('DependencyTimeoutException', 'The key manager does not answer the proxy in time.'),
  error('ThrottlingException', 'The proxy gets more requests than it takes.'),
  error('AccessDeniedException', 'Rules of the proxy itself deny the request.'),
  error('AuthenticationFailedException', 'The proxy does not believe the signature.'),
  error('KeyNotFoundException', 'The proxy does not find the key.'),
  error('InvalidStateException', 'The key, or the whole store, is turned off.'),
  error('InvalidKeyUsageException', 'The key does not support the operation.'),
  error('InvalidCiphertextException', 'The proxy takes the ciphertext for corrupted.'),
  error('InvalidUriPathException', 'The proxy does not know the path.'),
  error('UnsupportedOperationException', 'The proxy does not implement the operation.'),
  error('ValidationException', 'The proxy takes the request for malformed.'),
  { id: 'unreachable', label: 'No connection', description: 'The connection to the proxy is refused.', fault: { fault: 'unreachable', reason: 'refused' } },
  { id: 'tls', label: 'TLS fails', description: 'The handshake does not succeed.', fault: { fault: 'tls' } },
  { id: 'timeout', label: 'No answer in time', description: 'KMS gives up after 250 milliseconds, and once more after its retry.', fault: { fault: 'timeout' } },
  { id: 'html', label: 'A page instead of an answer', description: 'A gateway answers 502 with HTML.', fault: { fault: 'response', status: 502, body: '<html>', contentType: 'text/html' } },
  { id: 'redirect', label: 'A redirect', description: 'The proxy answers 302, which KMS does not follow.', fault: { fault: 'response', status: 302, location: 'https://elsewhere.example.com/' } },
  { id: 'flip', label: 'A bit of the ciphertext flips', description: 'On its way back from the proxy.', fault: { fault: 'flip', member: 'ciphertext' } },
  { id: 'aad', label: 'The encryption context is ignored', description: 'The key manager does not check additional authenticated data.', fault: { fault: 'ignoreAdditionalData' } },
  { id: 'plaintext', label: 'Another plaintext', description: 'The key manager decrypts to something else of the same length.', fault: { fault: 'otherPlaintext' } },
];

/** Another text for a fault that is not offered. */
export function labelOf(fault: ProxyFault): string {
  const { fault: kind, errorName } = fault;
  return typeof errorName === 'string' ? errorName : (PROXY_FAULTS.find((offer) => offer.fault.fault === kind && offer.fault['status'] === fault['status'])?.label ?? kind);
}
