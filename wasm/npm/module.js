/** The WebAssembly module: loaded once, and never entered again after a fault. */

import { KmsError } from './error.js';
import initialize from './pkg/pocket_kms.js';

let loading;
let fault;

/** Loads the module from `source()`: bytes, a URL, a response or a compiled module. */
export function load(source) {
  loading ??= instantiate(source).catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function instantiate(source) {
  return initialize({ module_or_path: await source() });
}

/**
 * Runs `call`, which enters the module. What it refuses becomes a `KmsError`.
 *
 * A fault leaves the module in the middle of a call, so from then on nobody enters it.
 */
export function entered(call) {
  if (fault) throw faulty();
  try {
    return call();
  } catch (error) {
    throw told(error);
  }
}

function told(error) {
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
