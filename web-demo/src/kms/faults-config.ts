// The faults that a world can be asked for (section 9.2 of the specification of time and lineage), by name.

export interface FaultOffer {
  fault: string;
  /** What the caller meets. */
  meets: string;
}

export const FAULTS: readonly FaultOffer[] = [
  { fault: 'throttled', meets: 'ThrottlingException' },
  { fault: 'limit-exceeded', meets: 'LimitExceededException' },
  { fault: 'internal', meets: 'KMSInternalException' },
  { fault: 'dependency-timeout', meets: 'DependencyTimeoutException' },
  { fault: 'key-unavailable', meets: 'KeyUnavailableException' },
  { fault: 'creating', meets: 'KMSInvalidStateException: the key is creating' },
  { fault: 'updating', meets: 'KMSInvalidStateException: the key is updating' },
  { fault: 'pending-import', meets: 'KMSInvalidStateException: the key is pending import' },
  { fault: 'pending-deletion', meets: 'KMSInvalidStateException: the key is pending deletion' },
  { fault: 'disabled', meets: 'DisabledException' },
  { fault: 'not-found', meets: 'NotFoundException' },
  { fault: 'access-denied', meets: 'AccessDeniedException' },
  { fault: 'conflict', meets: 'ConflictException' },
  { fault: 'expired-credentials', meets: 'ExpiredTokenException' },
  { fault: 'service-unavailable', meets: 'HTTP 503' },
  { fault: 'bad-gateway', meets: 'HTTP 502' },
  { fault: 'too-many-requests', meets: 'HTTP 429' },
  { fault: 'connection-reset', meets: 'A broken connection' },
  { fault: 'slow', meets: 'The right answer, only later' },
];
