/** Templates of infrastructure. A module of its own reads and writes them: it is loaded when somebody needs it first. */

import initialize, { call, initSync } from './pkg/templates/pocket_kms.js';

const NOT_HERE =
  'pocket-kms does not find its module of templates. Give PocketKms.templates a function of its bytes, which are ' +
  'pocket-kms/templates_bg.wasm of the package';

let loading;

/** What the module answers by a name, once `source` has loaded it. */
export async function answered(source, name, said) {
  loading ??= load(source).catch((cause) => {
    loading = undefined;
    throw new Error(`${NOT_HERE} (${cause.message})`, { cause });
  });
  await loading;
  return JSON.parse(call(name, JSON.stringify(said)));
}

async function load(source) {
  if (source === undefined) throw new Error('this build brings none');
  const found = await source();
  if (ArrayBuffer.isView(found)) initSync({ module: await WebAssembly.compile(found) });
  else await initialize({ module_or_path: found });
}

/** The plan of files, which are texts by their names. */
export function plan(source, files, options) {
  const listed = Object.entries(files).map(([name, text]) => ({ name, text }));
  return answered(source, 'read', { files: listed, options });
}

/** A world, by its inventory, as texts by the names of files, and what no file says. */
export async function written(source, inventory, format) {
  const { files, leftOut } = await answered(source, 'export', { inventory, format });
  return { files: Object.fromEntries(files.map(({ name, text }) => [name, text])), leftOut };
}
