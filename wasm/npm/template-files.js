/** The files of a template in Node, as the core's reader takes them: their names and their texts. */

import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ENDINGS = /\.(json|yaml|yml|template)$/;

/** Texts by their names, of a path or of several; a folder stands for the templates in it, such as `cdk.out`. */
export async function filesOf(paths) {
  const files = {};
  for (const path of [paths].flat()) {
    const named = path instanceof URL ? fileURLToPath(path) : String(path);
    for (const file of await filesIn(named)) files[file] = await text(file);
  }
  return files;
}

/** A file, or those of a folder and of the nested assemblies in it, in the order of their names. */
async function filesIn(path) {
  const found = await stat(path).catch(unreadable(path));
  if (!found.isDirectory()) return [path];
  const inside = await readdir(path, { withFileTypes: true });
  inside.sort((one, other) => (one.name < other.name ? -1 : 1));
  // The other folders of an assembly hold code.
  const wanted = inside.filter((each) => (each.isDirectory() ? each.name.startsWith('assembly-') : ENDINGS.test(each.name)));
  const files = await Promise.all(wanted.map((each) => (each.isDirectory() ? filesIn(join(path, each.name)) : [join(path, each.name)])));
  return files.flat();
}

async function text(path) {
  const bytes = await readFile(path).catch(unreadable(path));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    return unreadable(path)(error);
  }
}

function unreadable(path) {
  return (cause) => {
    throw new Error(`${path} cannot be read: ${cause.message}`, { cause });
  };
}
