/** The cases of `tests/cases` and the lessons of the playground, told in Node. */

import { test } from 'node:test';

import { PocketKms } from 'pocket-kms';

import { stories } from './cases/stories.js';
import { tell } from './cases/tell.js';

for (const { file, story } of stories()) {
  test(`${file}: ${story.name}`, () => tell(story, PocketKms));
}
