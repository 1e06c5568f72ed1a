// Records of CloudTrail, as a page reads them.
import type { WorldClient } from '../world/protocol';

/** A record, as far as pages look into it; the rest is seen as JSON. */
export interface TrailRecord {
  eventName: string;
  eventTime: string;
  eventSource: string;
  awsRegion: string;
  eventID: string;
  eventType: string;
  requestID?: string;
  sharedEventID?: string;
  errorCode?: string;
  errorMessage?: string;
  readOnly?: boolean;
  sourceIPAddress?: string;
  recipientAccountId: string;
  userIdentity: Identity;
  resources?: readonly Resource[];
}

export interface Identity {
  type?: string;
  arn?: string;
  principalId?: string;
  accountId?: string;
  accessKeyId?: string;
  userName?: string;
  invokedBy?: string;
}

export interface Resource {
  accountId: string;
  type: string;
  ARN: string;
}

/** A record, and its number in this world. */
export interface Numbered {
  number: number;
  record: TrailRecord;
}

export interface Found {
  records: Numbered[];
  /** Whether older ones fit, too. */
  more: boolean;
  /** How many records are not kept any more. */
  dropped: number;
}

/** Which records are meant, in the words of the core. */
export interface RecordFilter {
  operation?: string | readonly string[];
  caller?: string;
  key?: string | readonly string[];
  alias?: string;
  encryptionContext?: Record<string, string | null>;
  via?: string;
  outcome?: string;
  error?: string;
  readOnly?: boolean;
  account?: string;
  region?: string;
  from?: string;
  to?: string;
  grant?: string;
  requestId?: string;
  eventId?: string;
  sharedId?: string;
  pattern?: string;
}

/** The newest records of a world that fit, the newest first. */
export async function newestRecords(client: WorldClient, filter: RecordFilter, limit: number): Promise<Found> {
  const answer = (await client.audit('records', { filter, limit, order: 'newest' })) as Answer;
  const { records, numbers, more, dropped } = answer;
  return { records: records.map((record, at) => ({ record, number: numbers[at] ?? at })), more, dropped };
}

interface Answer {
  records: TrailRecord[];
  numbers: number[];
  more: boolean;
  dropped: number;
}

/** As the console names who has acted: a user, a session, `root`, or a service. */
export function userName({ userIdentity: { type, userName, arn, principalId, invokedBy } }: TrailRecord): string {
  if (type === 'Root') return 'root';
  return userName ?? arn?.split('/').at(-1) ?? principalId ?? invokedBy ?? '';
}
