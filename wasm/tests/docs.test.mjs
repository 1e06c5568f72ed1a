/** The examples of the pages that are for every language run in JavaScript, and keep what they promise. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const README = readFileSync(new URL('../npm/README.md', import.meta.url), 'utf8');
const PAGES = ['coming-from-localstack.md', 'policies-in-tests.md'];

/** Where packages are found as a program's own. */
const cwd = fileURLToPath(new URL('.', import.meta.url));

for (const page of PAGES) {
  const text = readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8');
  const examples = [...text.matchAll(/```js\n(.*?)```/gs)].map(([, code]) => code);

  test(`the examples of ${page} run, and the README links the page`, () => {
    assert.ok(examples.length > 0);
    assert.ok(README.includes(`docs/${page})`));
    const env = { ...process.env, AWS_EC2_METADATA_DISABLED: 'true' };
    for (const code of examples) execFileSync(process.execPath, ['--no-warnings', '--input-type=module', '--eval', code], { cwd, env });
  });
}
