/** The files of a template in Node, as the core's reader takes them: their names and their texts. */

import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ENDINGS = ['.json', '.yaml', '.yml', '.template'];

/** Texts by their names, of a path or of several; a folder stands for the templates in it, such as `cdk.out`. */
export async function filesOf(paths) {
  const named = [paths].flat();
  // Such as of a pattern that fits no file.
  if (named.length === 0) throw new Error('there is no template: the list of paths is empty');
  if (named.some(isText)) throw new Error('this is the text of a template, not its path: give it with a name, as { "template.yaml": text }');
  const files = {};
  for (const path of named) {
    for (const file of await someFilesIn(path instanceof URL ? fileURLToPath(path) : String(path))) files[file] = await text(file);
  }
  return files;
}

/** Whether the text of a template stands where its path belongs. */
function isText(path) {
  return typeof path === 'string' && /\n|^\s*\{/.test(path);
}

/** The same as `filesIn`: a folder without any is not the one that was meant. */
async function someFilesIn(path) {
  const files = await filesIn(path);
  if (files.length > 0) return files;
  throw new Error(`${path} holds no template: none of its files ends in ${ENDINGS.join(', ')}`);
}

/** A file, or those of a folder and of the nested assemblies in it, in the order of their names. */
async function filesIn(path) {
  const found = await stat(path).catch(unreadable(path));
  if (!found.isDirectory()) return [path];
  const inside = await readdir(path, { withFileTypes: true });
  inside.sort((one, other) => (one.name < other.name ? -1 : 1));
  // The other folders of an assembly hold code.
  const wanted = inside.filter((each) => (each.isDirectory() ? each.name.startsWith('assembly-') : ENDINGS.some((ending) => each.name.endsWith(ending))));
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
