// The words that the page and the worker exchange. Everything here survives structured cloning.
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

/** What the page always knows of the world. */
export type Status =
  | { phase: 'opening' }
  | { phase: 'elsewhere' }
  | { phase: 'broken'; reason: string }
  | { phase: 'open'; clock: ClockStatus; revision: number };

/** The world's clock when the status was sent. Instants are milliseconds since 1970. */
export interface ClockStatus {
  now: number;
  /** The browser's own time at the same moment. */
  hostNow: number;
  running: boolean;
}

/** What the page may ask of the worker. */
export interface Service {
  call<O extends Operation>(operation: O, input: Input<O>, place: Place): Promise<Output<O>>;
  turn(turn: Turn): Promise<void>;
  journal(): Promise<JournalEntry[]>;
  reset(): Promise<void>;
}

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
