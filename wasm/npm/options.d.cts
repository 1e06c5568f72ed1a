/** What worlds begin with. */

import type { AuditOptions } from './audit.cjs';

/** Bytes, in whatever class they come. */
export type Bytes = ArrayBufferView | ArrayBufferLike;

/** How a world begins. */
export interface Options {
  /**
   * Makes everything random reproducible to the byte: text counts as its UTF-8, a number as its decimal digits.
   * For tests alone: anyone who knows the seed knows every key.
   */
  seed?: string | number | Bytes | undefined;
  /**
   * Freezes the clock at this instant; without it the clock runs with the host's. A number counts milliseconds since 1970,
   * a text says its offset from UTC: `2030-01-01T00:00:00Z`.
   */
  now?: Date | number | string | undefined;
  /** The account of callers that name none; `111122223333` without it. */
  account?: string | undefined;
  /**
   * Takes RSA keys from a pool whose primes everybody knows: they take microseconds, are all different and protect
   * nothing. For tests alone.
   */
  insecureKeyPool?: boolean | undefined;
  /**
   * Keeps this many states of the world, 10,000 where it is `true`, so that `at` can go back to them. History also keeps the
   * secrets of keys that were deleted and of material that has expired: off without it.
   */
  history?: boolean | number | undefined;
  /** What is told of calls; the last 10,000 records are kept without it. */
  audit?: AuditOptions | undefined;
  /**
   * Keeps what is done to a world with a seed, so that `recipe()` and `link()` give it. Everything that was said stays in
   * memory for that, plaintexts and passwords too.
   */
  keepRecipe?: boolean | undefined;
  /** The WebAssembly module in its two parts, for hosts that find it neither in a file nor under a URL. The first one is kept. */
  module?: ModuleParts | undefined;
  /**
   * The endpoints of external key store proxies to which this world may send requests, none by default: a list, or an object
   * that says of each at which base URL it is to be found instead, such as
   * `{ 'https://xks.example.com': 'https://127.0.0.1:8443' }`. Requests then bear the name of the endpoint all the same, in
   * their signature and in TLS. A proxy compares the time of a request with its own clock, so that a frozen clock fails
   * there. Node alone sends requests; elsewhere a proxy of the world itself answers.
   */
  proxies?: readonly string[] | Readonly<Record<string, string | null>> | undefined;
  /** The authorities of those proxies, in PEM; without them, those that Node knows. */
  proxyCa?: string | Uint8Array | readonly (string | Uint8Array)[] | undefined;
}

/** What `fromRecipe` and `fromLink` take: the rest stands in the recipe. */
export type RecipeOptions = Pick<Options, 'history' | 'audit' | 'keepRecipe' | 'module' | 'proxies' | 'proxyCa'>;

/** A `WebAssembly.Module`, its bytes, a `Response` with them, or their URL. */
export type ModuleSource = object | string;

/** What the first calls need, and the rest, each of them at once or later. */
export interface ModuleParts {
  /** `pocket-kms/pocket_kms_bg.wasm`. */
  first: ModuleSource | Promise<ModuleSource>;
  /** `pocket-kms/pocket_kms_rest.wasm`. A page fetches an address beside its first calls; a function reads the bytes when a call needs them. */
  rest: ModuleSource | Promise<ModuleSource> | (() => Uint8Array);
}
