/** The types of pocket-kms; those of requests and replies are printed from the core's tables. */

/// <reference lib="esnext.disposable" />

import type { Operations, RecipientInfo } from './operations.cjs';

export type * from './operations.cjs';

/** The name of an operation, such as `Encrypt`. */
export type OperationName = keyof Operations;

/** Bytes, in whatever class they come. */
export type Bytes = ArrayBufferView | ArrayBufferLike;

/** How a world begins. */
export interface Options {
  /**
   * Makes everything random reproducible to the byte: text counts as its UTF-8, a number as its decimal digits.
   * For tests alone: anyone who knows the seed knows every key.
   */
  seed?: string | number | Bytes;
  /**
   * Freezes the clock at this instant; without it the clock runs with the host's. A number counts milliseconds since 1970,
   * a text says its offset from UTC: `2030-01-01T00:00:00Z`.
   */
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

/** Who calls, and from where. */
export interface Sender {
  /**
   * An account id, the ARN of a principal or the name of a service. Without it, clients call as whom their credentials
   * name, and `call` as the root user of the world's account.
   */
  caller?: string;
  /** From where: what policies can ask of a call beside its caller. */
  origin?: Origin;
}

/** Where a call arrives, from whom and from where. */
export interface CallOptions extends Sender {
  /** The Region in which the call arrives; `us-east-1` without it. */
  region?: string;
}

/** Facts of a call that policies can ask for. `mfa`, `tokenIssued` and `sourceIdentity` say that credentials are temporary. */
export interface Origin {
  /** The access key id that signed the call. */
  accessKeyId?: string;
  /** Whether the credentials are those of the console. */
  fromConsole?: boolean;
  /** Whether the session began with a second factor. */
  mfa?: boolean;
  /** The tags of the principal. */
  principalTags?: Record<string, string>;
  /** Whether the call came over TLS. */
  secureTransport?: boolean;
  /** On behalf of which account a service calls in its own name. */
  sourceAccount?: string;
  /** On behalf of which resource a service calls in its own name. */
  sourceArn?: string;
  /** The source identity that the session was given. */
  sourceIdentity?: string;
  /** The address of the caller. */
  sourceIp?: string;
  /** How the call was secured. */
  tls?: { cipherSuite?: string; host?: string; keyExchange?: string; version?: string };
  /** When the session began; a number counts seconds since 1970. */
  tokenIssued?: Date | number;
  /** How the caller's software names itself. */
  userAgent?: string;
  /** The services that forward the caller's session, the first one first, such as `s3.amazonaws.com`. */
  via?: string | string[];
  /** The VPC endpoint through which the call came. */
  vpcEndpoint?: string | { id: string; owner?: string; vpc?: string };
}

/** The input may be left out where the operation requires nothing. */
export type CallArguments<Input> = {} extends Input
  ? [input?: Input, options?: CallOptions]
  : [input: Input, options?: CallOptions];

/** All accounts and Regions of one simulated AWS, in memory. */
export class PocketKms implements Disposable {
  private constructor();

  /** A new world. */
  static create(options?: Options): Promise<PocketKms>;

  /**
   * The world of a snapshot.
   *
   * @throws Error when the bytes are not a snapshot, or the root key does not open it.
   */
  static restore(bytes: Bytes, rootKey: Bytes, options?: Pick<Options, 'module'>): Promise<PocketKms>;

  /**
   * Which build of the WebAssembly module runs: `wide-arithmetic` where the engine knows it, `given` where `create` was
   * given one; `undefined` before it is loaded.
   */
  static readonly build: 'baseline' | 'wide-arithmetic' | 'given' | undefined;

  /** The world's clock. */
  readonly clock: Clock;

  /** The account of callers that name none. */
  readonly account: string;

  /** When something falls due next; `null` when nothing does. */
  readonly nextDeadline: Date | null;

  /**
   * Makes a call: structures are objects, blobs `Uint8Array`, timestamps `Date`.
   *
   * @throws KmsError when the call is refused.
   */
  call<Name extends OperationName>(
    operation: Name,
    ...rest: CallArguments<Operations[Name][0]>
  ): Promise<Operations[Name][1]>;

  /** The same for an operation whose name is not a literal type. */
  call<Name extends OperationName>(
    operation: Name,
    input: Operations[Name][0],
    options?: CallOptions,
  ): Promise<Operations[Name][1]>;

  /** What `new KMSClient(kms.clientConfig())` of `@aws-sdk/client-kms` needs to be served in process. */
  clientConfig(options?: CallOptions): ClientConfig;

  /**
   * Serves every client of a class, such as `KMSClient`, in process, whoever makes it: until it is disposed of, or to the
   * end of the block with `using`. A client without credentials calls as the root user of the world's account, one
   * without a Region calls `us-east-1`.
   *
   * @throws TypeError when it is not a class of clients.
   */
  intercept(Client: ClientClass, sender?: Sender): Interception;

  /** Serves `new KMSClient({ region, credentials, requestHandler })` of `@aws-sdk/client-kms` in process. */
  requestHandler(sender?: Sender): RequestHandler;

  /**
   * Starts a simulated Nitro enclave, by default in debug mode. From the first one on, this world also trusts documents
   * under its own test root; no real KMS does.
   *
   * @throws KmsError when no enclave can have these options.
   */
  enclave(wish?: EnclaveOptions): Promise<Enclave>;

  /** What a symmetric ciphertext blob says about itself, without decrypting it; `null` for other bytes. */
  inspect(blob: Bytes): Inspection | null;

  /** A second world that begins as this one is now, and shares nothing with it from then on. */
  fork(): PocketKms;

  /** The world as bytes, secrets sealed under a root key of 32 bytes. */
  snapshot(rootKey: Bytes): Uint8Array;

  /** The journal behind the change with the number `after`, oldest first. */
  changes(after?: number): Change[];

  /** Answers any AWS SDK, CLI or tool, and the administration below `/_pocket-kms`; in Node alone. */
  serve(options?: ServeOptions): Promise<Server>;

  /**
   * Frees the world at once; otherwise the garbage collector frees it. It may be passed on as it is, as to `after`, and a
   * second time does nothing.
   */
  readonly dispose: () => void;

  /** What `using kms = ...` calls at the end of the block. */
  [Symbol.dispose](): void;
}

/** Runs with the host's clock or is frozen, and moves when its owner sets it. */
export interface Clock {
  /** The world's time. */
  readonly now: Date;
  /** Whether it is frozen. */
  readonly frozen: boolean;
  /** Sets the clock, to an instant as in `Options.now`; it stays running or frozen. */
  set(time: Date | number | string): void;
  /** Moves the clock forward by milliseconds or by a text such as `30d`, and settles what falls due. */
  advance(span: number | string): void;
  /** Freezes the clock where it is, or at a given time. */
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

/** The value of a register: 32, 48 or 64 bytes, or as many hexadecimal digits. */
export type Register = Uint8Array | string;

/** The description of an enclave. Registers that it does not name are zero. */
export interface EnclaveOptions {
  /** An enclave, or an instance with NitroTPM. */
  platform?: 'NitroEnclave' | 'NitroTpm';
  /** Registers by their numbers, 0 to 31. */
  pcrs?: Record<number, Register>;
  /** The digest of the enclave's image: PCR0. */
  imageSha384?: Register;
  /** The IAM role of the parent instance, which is measured into PCR3. */
  roleArn?: string;
  /** The id of the parent instance, which is measured into PCR4. */
  instanceId?: string;
  /** The spec of the enclave's key; `RSA_2048` without it. */
  keySpec?: 'RSA_2048' | 'RSA_3072' | 'RSA_4096';
}

/** A simulated Nitro enclave. */
export interface Enclave {
  /** Its id. */
  readonly moduleId: string;
  /** Its public key: `SubjectPublicKeyInfo` in DER. */
  readonly publicKey: Uint8Array;
  /** Its private key: PKCS #8 in DER, for programs that open answers with another library. */
  readonly privateKey: Uint8Array;
  /** An attestation document made now, by the clock of the world; with the enclave's own public key without another. */
  attest(attested?: { publicKey?: Bytes; userData?: Bytes; nonce?: Bytes }): Uint8Array;
  /** `Recipient` of a request, for `call` and for the SDK alike: an attestation document made now. */
  recipient(): Required<RecipientInfo> & { KeyEncryptionAlgorithm: 'RSAES_OAEP_SHA_256' };
  /**
   * Opens `CiphertextForRecipient`.
   *
   * @throws Error when it is not sealed for this enclave.
   */
  unwrap(ciphertextForRecipient: Bytes): Uint8Array;
}

/** What a symmetric ciphertext blob says about itself. */
export interface Inspection {
  /** The version of the envelope. */
  Format: number;
  /** Who made it. */
  Maker: string;
  /** The key material that encrypted it. */
  KeyMaterialId: string;
  /** The ARNs of the keys of this world that have that material. */
  KeyIds: string[];
  /** The cipher. */
  Algorithm: string;
  /** The length of the blob in bytes. */
  Length: number;
  /** The length of the plaintext in bytes. */
  PlaintextLength: number;
  /** Where no key of this world has that material: that it is so. */
  Note?: string;
}

/** Where and how a world is served. */
export interface ServeOptions {
  /** The port; a free one without it. */
  port?: number;
  /** The address to listen on; `127.0.0.1` without it, which is this machine alone. */
  host?: string;
  /** A certificate and its key in PEM, to speak TLS; `true` makes one for this machine and `host`. */
  tls?: { cert: string | Bytes; key: string | Bytes } | boolean;
  /** The origin of pages that may read what is answered, such as `http://localhost:5173`; none without it. */
  cors?: string;
  /** Whether other machines may administer the worlds, too: in a container, all others are. */
  openAdministration?: boolean;
  /** Gets a line for each request: time, caller, Region, operation, status, and why it was refused. */
  log?: (line: string) => void;
}

/** A world behind a port. */
export interface Server extends AsyncDisposable {
  /** The address, such as `http://127.0.0.1:8701`. */
  readonly url: string;
  /** The port. */
  readonly port: number;
  /** With `tls: true`: the certificate, in PEM, of the authority that clients have to believe. */
  readonly authority: string | undefined;
  /** Ends all connections and frees the port. */
  close(): Promise<void>;
}

/** A configuration of an SDK client. */
export interface ClientConfig {
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  requestHandler: RequestHandler;
}

/** A class of clients, such as `KMSClient` of `@aws-sdk/client-kms`. */
export interface ClientClass {
  readonly prototype: { send: Function };
}

/** Lasts until it is disposed of; a second time does nothing. */
export interface Interception extends Disposable {
  /** Ends it; may be passed on as it is, as to `after`. */
  readonly dispose: () => void;
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
  /** Such an error, for tests of what handles one; without a message it is the code. */
  constructor(refusal: { code: string; message?: string; reasons?: string[]; requestId?: string });
  /** The name of AWS's exception, such as `NotFoundException`. */
  readonly code: string;
  /** The same, as errors of the AWS SDK have it. */
  name: string;
  /** Why the caller was denied, one sentence per decision. */
  readonly reasons: string[];
  /** The id by which AWS would name the request. */
  readonly requestId: string;
}
