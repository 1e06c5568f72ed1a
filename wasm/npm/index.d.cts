/** The types of pocket-kms; those of requests and replies are printed from the core's tables. */

import type { Operations } from './operations.cjs';

export type * from './operations.cjs';

/** The name of an operation, such as `Encrypt`. */
export type OperationName = keyof Operations;

/** How a world begins. */
export interface Options {
  /**
   * Makes everything random reproducible to the byte: text counts as its UTF-8, a number as its decimal digits.
   * For tests alone: whoever knows the seed knows every key.
   */
  seed?: string | number | Uint8Array;
  /** Freezes the clock at this instant (a number counts milliseconds); without it the clock runs with the host's. */
  now?: Date | number | string;
  /** The account of callers that name none; `111122223333` without it. */
  account?: string;
  /**
   * Takes RSA keys from a pool whose primes everybody knows: they take microseconds, are all different and protect
   * nothing. For tests alone.
   */
  insecureKeyPool?: boolean;
  /** The WebAssembly module, for hosts that find it neither in a file nor under a URL. The first one is kept. */
  module?: ModuleSource;
}

/** A `WebAssembly.Module`, its bytes, a `Response` with them, or their URL. */
export type ModuleSource = object | string;

/** Where a call arrives, and from whom. */
export interface CallOptions {
  /** The Region in which the call arrives; `us-east-1` without it. */
  region?: string;
  /** An account id or the ARN of a principal; the root user of the world's account without it. */
  caller?: string;
}

/** The input may be left out where the operation requires nothing. */
export type CallArguments<Input> = {} extends Input
  ? [input?: Input, options?: CallOptions]
  : [input: Input, options?: CallOptions];

/** All accounts and Regions of one simulated AWS, in memory. */
export class PocketKms {
  private constructor();

  /** A new world. */
  static create(options?: Options): Promise<PocketKms>;

  /**
   * The world of a snapshot.
   *
   * @throws Error when the bytes are no snapshot, or the root key does not open it.
   */
  static restore(bytes: Uint8Array, rootKey: Uint8Array, options?: Pick<Options, 'module'>): Promise<PocketKms>;

  /** The world's clock. */
  readonly clock: Clock;

  /**
   * Makes a call: structures are objects, blobs `Uint8Array`, timestamps `Date`.
   *
   * @throws KmsError when the call is refused.
   */
  call<Name extends OperationName>(
    operation: Name,
    ...rest: CallArguments<Operations[Name][0]>
  ): Promise<Operations[Name][1]>;

  /** Serves `new KMSClient({ region, credentials, requestHandler })` of `@aws-sdk/client-kms` in process. */
  requestHandler(): RequestHandler;

  /** A second world that begins as this one is now, and shares nothing with it from then on. */
  fork(): PocketKms;

  /** The world as bytes, secrets sealed under a root key of 32 bytes. */
  snapshot(rootKey: Uint8Array): Uint8Array;

  /** The journal behind the change with the number `after`, oldest first. */
  changes(after?: number): Change[];

  /** Answers any AWS SDK, CLI or tool; in Node alone. */
  serve(address?: { port?: number; host?: string }): Promise<Server>;

  /** Frees the world at once; without it, it goes when nothing refers to it any more. */
  dispose(): void;
}

/** Runs with the host's clock, or stands, and moves where it is told to. */
export interface Clock {
  /** The world's time. */
  readonly now: Date;
  /** Sets the clock (a number counts milliseconds since 1970); it runs or stands as before. */
  set(time: Date | number | string): void;
  /** Moves the clock forward by milliseconds or by a text such as `30d`, and settles what falls due. */
  advance(span: number | string): void;
  /** Stops the clock where it is, or at a given time. */
  freeze(time?: Date | number | string): void;
  /** Lets the clock run on from where it is. */
  resume(): void;
}

/** One change in the journal: a row put, or removed. Secrets are never part of it. */
export interface Change {
  /** Counts changes from 1. */
  number: number;
  /** When the change was applied, by the world's clock. */
  time: Date;
  /** The operation that caused it; `null` where time alone did. */
  operation: OperationName | null;
  /** The table. */
  table: string;
  /** The name of the row. */
  key: string;
  /** The row as it is from then on; `null` when it is removed. */
  row: unknown;
}

/** A world behind a port. */
export interface Server {
  /** The address, such as `http://127.0.0.1:8701`. */
  readonly url: string;
  /** The port. */
  readonly port: number;
  /** Ends all connections and frees the port. */
  close(): Promise<void>;
}

/** The last step of an SDK client's middleware. */
export interface RequestHandler {
  readonly metadata: { handlerProtocol: string };
  handle(request: any, options?: { abortSignal?: unknown }): Promise<{ response: any }>;
  updateHttpClientConfig(key: never, value: never): void;
  httpHandlerConfigs(): {};
  destroy(): void;
}

/** A refused call. */
export class KmsError extends Error {
  /** The name of AWS's exception, such as `NotFoundException`. */
  readonly code: string;
  /** Why the caller was denied, one sentence per decision. */
  readonly reasons: string[];
  /** The id by which AWS would name the request. */
  readonly requestId: string;
}
