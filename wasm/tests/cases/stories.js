/** Every case of `tests/cases` and every lesson of the playground, which is a case with texts. */

import { readFileSync, readdirSync } from 'node:fs';

const CASES = new URL('../../../tests/cases/', import.meta.url);
const LESSONS = new URL('../../../web-demo/src/scenarios/', import.meta.url);

/** Each with the name of its file. */
export function stories() {
  const files = readdirSync(CASES).filter((name) => name.endsWith('.json'));
  const cases = files.flatMap((file) => read(CASES, file).map((story) => ({ file, story })));
  const lessons = read(LESSONS, 'index.json').map((id) => ({ file: `${id}.json`, story: read(LESSONS, `${id}.json`) }));
  return [...cases, ...lessons];
}

function read(folder, file) {
  return JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
}
