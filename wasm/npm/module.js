/** The WebAssembly module: the build that suits the engine, loaded once, and never entered again after a fault. */

import { KmsError } from './error.js';
import initialize, { initSync, lend } from './pkg/pocket_kms.js';
import { attach, compiledRest, undoable } from './rest.js';

/**
 * `(module (func (param i64 i64) (result i64 i64) local.get 0 local.get 1 i64.mul_wide_u))`: an engine that knows wide
 * arithmetic finds this module valid.
 */
const WIDE_PRODUCT = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 1, 96, 2, 126, 126, 2, 126, 126, 3, 2, 1, 0, 10, 10, 1, 8, 0, 32, 0, 32, 1, 252,
  22, 11,
]);

/** A program that was made into one file has left the module behind. */
const NOT_FOUND =
  'pocket-kms does not find its WebAssembly module. If a bundler has put pocket-kms into your file, import ' +
  "'pocket-kms/inline' instead, or mark pocket-kms as external, or pass the bytes to create({ module })";

/** A page, or a server, has one of another build beside it, or something else. */
const NOT_FITTING =
  'What pocket-kms has loaded as its WebAssembly module does not fit: it is of another build than the package around it, ' +
  'or not a module. Build both together, and load them afresh';

let loading;
let build;
let fault;

/**
 * Loads `given`, or of `builds` the one that suits the engine: bytes, a URL, a response, a module; or two of them, `first`
 * and `rest`. `native` is the cryptography that the host lends to it.
 */
export function load(builds, given, native) {
  loading ??= instantiate(builds, given).then(() => native && lend(native)).catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function instantiate(builds, given) {
  if (given !== undefined) {
    await initialized(await given);
    build = 'given';
    return;
  }
  const suiting = builds['wide-arithmetic'] && WebAssembly.validate(WIDE_PRODUCT) ? 'wide-arithmetic' : 'baseline';
  try {
    await initialized(await builds[suiting]());
  } catch (cause) {
    const sentence = doesNotFit(cause) ? NOT_FITTING : NOT_FOUND;
    throw Object.assign(new Error(`${sentence} (${cause.message})`, { cause }), { code: 'ModuleNotLoaded' });
  }
  build = suiting;
}

/** It is there, but it is not a module, or it lacks what the package calls. */
function doesNotFit(cause) {
  const { CompileError, LinkError } = WebAssembly;
  return cause instanceof CompileError || cause instanceof LinkError || /is not a function/.test(cause.message);
}

async function initialized(found) {
  const { first, rest } = found?.first === undefined ? { first: found } : found;
  // If the first one fails, nobody waits for the other.
  rest?.catch?.(() => {});
  await attach(await exportsOf(await first), rest, (sentence) => { fault = sentence; });
}

async function exportsOf(found) {
  // `initialize` would ask whether they are a `Response`, for which Node loads all of `fetch`.
  if (ArrayBuffer.isView(found)) return initSync({ module: await WebAssembly.compile(found) });
  return initialize({ module_or_path: found });
}

/** The loaded build; `undefined` before loading. */
export function loadedBuild() {
  return build;
}

/** The loaded module in compiled form, for another thread. */
export async function compiled() {
  return { first: initialize.__wbindgen_wasm_module, rest: await compiledRest() };
}

/**
 * Runs `call`, which enters the module. A refusal becomes a `KmsError`.
 *
 * A fault leaves the module in the middle of a call, so from then on nobody enters it.
 */
export function entered(call) {
  if (fault) throw faulty();
  try {
    return undoable(call);
  } catch (error) {
    throw refusalOf(error);
  }
}

function refusalOf(error) {
  if (error instanceof Error === false && typeof error?.code === 'string') return new KmsError(error);
  if (error instanceof WebAssembly.RuntimeError || typeof error?.panic === 'string') {
    fault = error.panic ?? error.message;
    return faulty();
  }
  return error;
}

function faulty() {
  const message = `pocket-kms has a fault and works no more in this process: ${fault}`;
  return new KmsError({ code: 'KMSInternalException', message });
}
