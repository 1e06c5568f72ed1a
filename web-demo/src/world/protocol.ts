// The words that the page and the worker exchange. Everything here survives structured cloning.
import type { QuotaUsage } from 'pocket-kms';
import type { Input, Operation, Output } from './operations';

/** Where a call arrives and who makes it: a Region, and the ARN or account id of the caller. */
export interface Place {
  region: string;
  caller: string;
}

/** What can be done to the world's clock. Instants are milliseconds since 1970. */
export type Turn = { advance: string } | { set: number } | 'freeze' | 'resume';

/** One change of one row, as the journal keeps it. */
export interface JournalEntry {
  number: number;
  /** The world's time in milliseconds since 1970. */
  time: number;
  /** The operation that made the change; `null` where time itself did. */
  operation: string | null;
  table: string;
  key: string;
  /** The row as it is from then on; `null` when it was removed. */
  row: unknown;
}

/** Which calls are to meet which fault, and how often; what is left open holds for every call. In the words of the package. */
export interface FaultWish {
  /** Such as `throttled`. */
  fault: string;
  /** Whether the call is refused before anything is decided, or its answer is lost. */
  moment: 'before' | 'after';
  operation?: readonly string[];
  /** A key that the call is about, in any of the four forms. */
  key?: string;
  /** The caller, by ARN. */
  caller?: string;
  /** So many calls meet it. */
  count?: number;
  /** Each n-th call that fits meets it. */
  every?: number;
  /** From 0 to 1. */
  probability?: number;
  /** Milliseconds by which the answer is late. */
  delay?: number;
}

export interface FaultRule extends FaultWish {
  id: number;
  /** How many calls have fitted. */
  fitted: number;
  /** How many of them have met the fault. */
  acted: number;
}

/** What has been set of quotas and Regions, by name; what has not has the value of AWS. */
export type Settings = Record<string, number | string>;

/** What the page always knows of the world. */
export type Status =
  | { phase: 'opening' }
  | { phase: 'broken'; reason: string }
  | {
      phase: 'open';
      clock: ClockStatus;
      /** Grows with every change. */
      revision: number;
      /** Another one after a reset. */
      world: string;
      /** The address at which AWS's tools find the world; `null` for one in a browser. */
      api: string | null;
    };

/** The world's clock when the status was sent. Instants are milliseconds since 1970. */
export interface ClockStatus {
  now: number;
  /** The browser's own time at the same moment. */
  hostNow: number;
  running: boolean;
}

/** What the page may ask of a world. */
export interface Service {
  call<O extends Operation>(operation: O, input: Input<O>, place: Place): Promise<Output<O>>;
  /** Makes the call in a copy of the world: it is refused as it would be, and changes nothing. */
  rehearse<O extends Operation>(operation: O, input: Input<O>, place: Place): Promise<void>;
  turn(turn: Turn): Promise<void>;
  /** The changes behind the one with this number, oldest first. */
  journal(after: number): Promise<JournalEntry[]>;
  /** The rules in their order: the first one that fits and triggers acts. */
  faults(): Promise<FaultRule[]>;
  addFault(wish: FaultWish): Promise<void>;
  removeFault(id: number): Promise<void>;
  /** Every quota of an account in a Region, and how much of it is used. */
  quotas(account: string, region: string): Promise<QuotaUsage[]>;
  settings(): Promise<Settings>;
  /** All or none; `null` takes back what was set. */
  set(settings: Record<string, number | null>): Promise<void>;
  reset(): Promise<void>;
}

/** The page's side of a world, wherever that is. */
export interface WorldClient extends Omit<Service, 'journal'> {
  /** All changes that are still known; the same list until there is another one. */
  journal(): Promise<readonly JournalEntry[]>;
  /** The last status; the same object until there is another one. */
  status(): Status;
  /** Calls `watcher` at every other status, until the function that it gives is called. */
  watch(watcher: () => void): () => void;
}

/** Older changes are forgotten. */
export const JOURNAL_LENGTH = 10_000;

export interface Request {
  id: number;
  method: keyof Service;
  args: unknown[];
}

/** Why something was refused: AWS's exception and sentence, and the reasons of an authorization. */
export interface RefusalData {
  code: string;
  message: string;
  reasons: string[];
}

export type Message =
  | { kind: 'result'; id: number; result: unknown }
  | { kind: 'refusal'; id: number; refusal: RefusalData }
  | { kind: 'status'; status: Status };
