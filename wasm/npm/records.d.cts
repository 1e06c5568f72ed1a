/** The types of records of CloudTrail, of what chooses some of them, and of events of EventBridge. */

/** An instant: a `Date`, milliseconds since 1970, or a text that says its offset from UTC. */
export type Instant = Date | number | string;

/** Which records are meant: those that have all of it. What is left out fits every record. */
export interface RecordFilter {
  /** Names of operations, or of what KMS does by itself, such as `RotateKey`; also with `*`. */
  operation?: string | readonly string[] | undefined;
  /** The ARN of a principal or of the role of a session, an account, or the name of a service; also with `*`. */
  caller?: string | undefined;
  /** Keys by their ids, their ARNs, or the aliases that they have now. */
  key?: string | readonly string[] | undefined;
  /** The alias that the request used. */
  alias?: string | undefined;
  /** Pairs that the encryption context has; `null` stands for any value. */
  encryptionContext?: Readonly<Record<string, string | null>> | undefined;
  /** The service through which the call came, such as `s3.amazonaws.com`. */
  via?: string | undefined;
  /** Whether it was let through, refused, or refused because the caller may not; `refused` means both refusals. */
  outcome?: 'ok' | 'refused' | 'denied' | undefined;
  /** `errorCode`. */
  error?: string | undefined;
  /** Whether the operation only reads. */
  readOnly?: boolean | undefined;
  /** Whose record it is. */
  account?: string | undefined;
  /** Where the call arrived. */
  region?: string | undefined;
  /** The first instant that is meant. */
  from?: Instant | undefined;
  /** The last one. */
  to?: Instant | undefined;
  /** The id of a grant. */
  grant?: string | undefined;
  requestId?: string | undefined;
  eventId?: string | undefined;
  /** What the copies for several accounts have in common. */
  sharedId?: string | undefined;
  /** A filter pattern of CloudWatch Logs, such as `{ $.eventName = "Decrypt" }`. */
  pattern?: string | undefined;
}

/** Which records, and which of them are told. */
export interface RecordsOptions extends RecordFilter {
  /** The number of the record behind which they begin. */
  after?: number | undefined;
  /** The number of the record before which they end. */
  before?: number | undefined;
  /** How many are told at most. */
  limit?: number | undefined;
  /** What comes first; `oldest` without it. */
  order?: 'oldest' | 'newest' | undefined;
}

/** Who has acted. */
export interface UserIdentity {
  type?: 'Root' | 'IAMUser' | 'AssumedRole' | 'FederatedUser' | 'AWSService' | 'AWSAccount' | (string & {});
  principalId?: string;
  arn?: string;
  accountId?: string;
  accessKeyId?: string;
  userName?: string;
  sessionContext?: {
    sessionIssuer?: { type: string; principalId: string; arn: string; accountId: string; userName?: string };
    webIdFederationData?: { federatedProvider: string; attributes: Record<string, string> };
    attributes?: { creationDate: string; mfaAuthenticated: 'true' | 'false' };
    sourceIdentity?: string;
    ec2RoleDelivery?: string;
    assumedRoot?: string;
  };
  invokedBy?: string;
  inScopeOf?: Record<string, string>;
  onBehalfOf?: Record<string, string>;
}

/** A record of CloudTrail. */
export interface AuditRecord {
  eventVersion: string;
  userIdentity: UserIdentity;
  /** In UTC, in whole seconds: `2030-01-01T00:00:00Z`. */
  eventTime: string;
  eventSource: string;
  /** The name of an operation, or of what KMS has done by itself. */
  eventName: string;
  awsRegion: string;
  sourceIPAddress: string;
  userAgent?: string;
  /** Of a refusal: the name of the exception, or `AccessDenied`. */
  errorCode?: string;
  errorMessage?: string;
  requestParameters: Record<string, any> | null;
  responseElements: Record<string, any> | null;
  additionalEventData?: Record<string, any>;
  requestID?: string;
  eventID: string;
  readOnly?: boolean;
  /** The keys and aliases that the call has reached. */
  resources?: { accountId: string; type: string; ARN: string }[];
  eventType: 'AwsApiCall' | 'AwsServiceEvent' | 'AwsVpceEvent';
  managementEvent?: boolean;
  recipientAccountId: string;
  serviceEventDetails?: Record<string, any>;
  /** What the copies for several accounts have in common. */
  sharedEventID?: string;
  vpcEndpointId?: string;
  vpcEndpointAccountId?: string;
  eventCategory: 'Management' | 'NetworkActivity';
  tlsDetails?: { tlsVersion: string; cipherSuite: string; clientProvidedHostHeader: string; keyExchange?: string };
  sessionCredentialFromConsole?: 'true';
}

/** Records, and where to go on. */
export interface RecordsPage {
  records: AuditRecord[];
  /** Their numbers. */
  numbers: number[];
  /** Whether there are more. */
  more: boolean;
  /** From which number to go on: the next `after`, or, newest first, the next `before`. */
  next: number;
  /** The number of the oldest record that is kept. */
  oldest: number;
  /** How many records are not kept any more. */
  dropped: number;
}

/** An event of EventBridge. */
export interface EventBridgeEvent {
  version: '0';
  id: string;
  'detail-type':
    | 'AWS API Call via CloudTrail'
    | 'AWS Service Event via CloudTrail'
    | 'KMS CMK Rotation'
    | 'KMS CMK Deletion'
    | 'KMS Imported Key Material Expiration';
  source: string;
  account: string;
  time: string;
  region: string;
  resources: string[];
  /** Of a call, its record. */
  detail: Record<string, any>;
}

/** Which events of EventBridge. */
export interface EventBridgeOptions {
  /** The state of the rule that gets them: `ENABLED` gets no `Describe*`, `Get*` and `List*`, and is meant without it. */
  ruleState?: 'ENABLED' | 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' | undefined;
  account?: string | undefined;
  region?: string | undefined;
  /** Whether events of deletions come twice, as EventBridge may do. */
  repeatDeletions?: boolean | undefined;
}

/** What CloudTrail answers to LookupEvents. */
export interface LookedUp {
  Events: {
    EventId: string;
    EventName: string;
    ReadOnly: 'true' | 'false';
    AccessKeyId?: string;
    EventTime: Date;
    EventSource: string;
    Username?: string;
    Resources: { ResourceType: string; ResourceName: string }[];
    /** The record as JSON text. */
    CloudTrailEvent: string;
  }[];
  NextToken?: string;
}
