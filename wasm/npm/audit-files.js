/** Files of records in Node, as CloudTrail writes them: each file is there whole, or not at all. */

import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

const ENDINGS = /\.jsonl?(\.gz)?$/;

/** Writes what the pages of an export have: each file into a folder, or, as `alone`, all of them into one file. */
export async function written(to, pages, alone) {
  const [path, files, texts] = [pathOf(to), [], []];
  let [behind, dropped] = [undefined, 0];
  for (const page of pages) {
    for (const { name, text } of page.files) {
      if (alone) texts.push(text);
      else files.push(await put(join(path, name), text, files, behind));
    }
    ({ next: behind, dropped } = page);
  }
  if (alone) files.push(await put(path, texts.join(''), files));
  return { files, next: behind, dropped };
}

/** Puts a file beside its place first. An export that cannot do so says where it stopped, and can go on from there. */
async function put(path, text, files, behind = 0) {
  const beside = `${path}.new`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(beside, path.endsWith('.gz') ? await promisify(gzip)(text) : text);
    await rename(beside, path);
    return path;
  } catch (cause) {
    await rm(beside, { force: true }).catch(() => {});
    const stopped = new Error(`${path} cannot be written: the export stopped behind record ${behind}: ${cause.message}`, { cause });
    throw Object.assign(stopped, { path, files, next: behind });
  }
}

/** The bytes of files of records by their names, unpacked: of a path or of several; a folder stands for all in it. */
export async function* read(paths) {
  for (const named of [paths].flat()) {
    for (const path of await filesIn(pathOf(named))) yield [path, await bytesOf(path)];
  }
}

async function filesIn(path) {
  const found = await stat(path).catch(unreadable(path));
  if (!found.isDirectory()) return [path];
  const inside = await readdir(path, { recursive: true });
  return inside.filter((name) => ENDINGS.test(name)).sort().map((name) => join(path, name));
}

async function bytesOf(path) {
  const bytes = await readFile(path).catch(unreadable(path));
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  return promisify(gunzip)(bytes, { maxOutputLength: LONGEST }).catch(unreadable(path));
}

/** The most bytes that a packed file may have. */
const LONGEST = 2 ** 30;

function unreadable(path) {
  return (cause) => {
    throw new Error(`${path} cannot be read: ${cause.message}`, { cause });
  };
}

function pathOf(path) {
  return path instanceof URL ? fileURLToPath(path) : String(path);
}
