/** The cases of `tests/cases`, told in Node. */

import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

import { PocketKms } from 'pocket-kms';

import { tell } from './cases/tell.js';

const FOLDER = new URL('../../tests/cases/', import.meta.url);

for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.json'))) {
  for (const story of JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'))) {
    test(`${file}: ${story.name}`, () => tell(story, PocketKms));
  }
}
