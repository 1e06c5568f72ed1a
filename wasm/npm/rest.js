/**
 * The rest of the module: what few calls need is a WebAssembly module of its own, which is loaded when a call needs it.
 *
 * Calls are synchronous, so what they need is loaded synchronously. Where that can fail, in pages, the memory is kept until
 * the rest is there: a call that could not have it has changed nothing.
 */

import { restBy } from './pkg/pocket_kms.js';

const NOT_GIVEN =
  'The module that pocket-kms was given is in two parts: give both, create({ module: { first, rest } }), which are ' +
  'pocket-kms/pocket_kms_bg.wasm and pocket-kms/pocket_kms_rest.wasm of the package';

const NOT_LOADED =
  'pocket-kms could not load the rest of its WebAssembly module, which this call needs. Nothing has changed, and the next ' +
  'call tries again';

/** What the first module exports. */
let first;
/** Whether the rest is there, or the module is not divided. */
let there = true;
/** Gives the bytes of the rest at once. */
let read;
/** Whether `read` may fail. */
let uncertain = false;
/** The rest in compiled form, or a promise of it. */
let compiled;
/** What the memory was before the present call. */
let kept;
/** Hears that a call was broken off and cannot be undone. */
let broken;

/** A call needs the rest, which cannot be had. */
export class NotLoaded extends Error {
  code = 'ModuleNotLoaded';

  constructor(cause) {
    super(`${NOT_LOADED} (${cause.message})`, { cause });
  }
}

/**
 * Says where the rest is: a function that reads its bytes, an address, or the bytes or the module itself. By an address, it
 * is fetched beside the first calls.
 */
export async function attach(exports, rest, onBroken) {
  first = exports;
  broken = onBroken;
  there = isWhole(exports);
  if (there) return;
  if (rest === undefined) throw new TypeError(NOT_GIVEN);
  restBy({ load });
  if (typeof rest === 'function') {
    read = rest;
    return;
  }
  const found = await rest;
  if (isAddress(found) && typeof XMLHttpRequest === 'function') {
    read = () => fetchedNow(found);
    uncertain = true;
    compiled = compiledFrom(found);
    compiled.then(start).catch(() => { compiled = undefined; });
  } else {
    start(await compiledFrom(found));
  }
}

/** The rest in compiled form, for another thread. */
export async function compiledRest() {
  if (first === undefined || isWhole(first)) return undefined;
  return (await compiled) ?? WebAssembly.compile(read());
}

/** Runs a call, and undoes it if it needs the rest and cannot have it. */
export function undoable(call) {
  if (there || !uncertain || kept !== undefined) return call();
  kept = state();
  try {
    return call();
  } catch (error) {
    if (error instanceof NotLoaded) undo(error);
    throw error;
  } finally {
    kept.bytes.fill(0);
    kept = undefined;
  }
}

function state() {
  const variables = Object.keys(first).filter((name) => name.startsWith('variable')).map((name) => first[name]);
  return {
    bytes: new Uint8Array(first.memory.buffer).slice(),
    variables: variables.map((variable) => [variable, variable.value]),
    references: first.__wbindgen_externrefs.length,
  };
}

/** Memory that was added stays; who allocates there finds out. */
function undo(error) {
  const bytes = new Uint8Array(first.memory.buffer);
  bytes.set(kept.bytes);
  bytes.fill(0, kept.bytes.length);
  for (const [variable, value] of kept.variables) variable.value = value;
  // What counts the references would not know of a table that has grown.
  if (first.__wbindgen_externrefs.length !== kept.references) broken(error.message);
}

/** What the first module calls when a call needs the rest. */
function load() {
  if (there) return;
  try {
    start(new WebAssembly.Module(read()));
  } catch (cause) {
    const error = new NotLoaded(cause);
    if (kept === undefined) broken(error.message);
    throw error;
  }
}

function start(module) {
  if (there) return;
  new WebAssembly.Instance(module, { first });
  compiled = module;
  there = true;
}

/** A module that is not divided has nothing that says which of its functions are loaded. */
function isWhole(exports) {
  return Object.keys(exports).every((name) => !name.startsWith('loaded '));
}

function isAddress(found) {
  return typeof found === 'string' || found instanceof URL;
}

async function compiledFrom(found) {
  if (found instanceof WebAssembly.Module) return found;
  if (ArrayBuffer.isView(found) || found instanceof ArrayBuffer) return WebAssembly.compile(found);
  const response = isAddress(found) ? await fetch(found) : found;
  if (!response.ok) throw new Error(`${response.status} of ${response.url}`);
  return WebAssembly.compile(await response.arrayBuffer());
}

/** The bytes at an address; a document may ask for them synchronously as text alone. */
function fetchedNow(address) {
  const request = new XMLHttpRequest();
  request.open('GET', address, false);
  request.overrideMimeType('text/plain; charset=x-user-defined');
  request.send();
  if (request.status !== 200) throw new Error(`${request.status} of ${address}`);
  // The charset has bytes from 0x80 on at 0xF780 and behind.
  return Uint8Array.from(request.responseText, (letter) => letter.charCodeAt(0) & 0xff);
}
