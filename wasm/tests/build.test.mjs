/** Two builds of the module are shipped, and the engine decides which one is loaded. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { PocketKms } from 'pocket-kms';

import { openPage, WIDE } from './chromium.js';

const FOLDER = new URL('../npm/pkg/', import.meta.url);
const GOLDEN = readFileSync(new URL('../../tests/golden/seeded-world.jsonl', import.meta.url), 'utf8').trim().split('\n');

/** Of the hours that are asked for, those of a week at most: a saturating product decides. */
const WEEK = [1, 168];

/** The two parts of a build. */
const both = (folder) => ['pocket_kms_bg.wasm', 'pocket_kms_rest.wasm'].map((name) => folder + name);

/**
 * Which build a page of this browser loads, what it fetches for that, the replies of a seeded world, and for how many hours an
 * alarm may look back.
 */
async function inChromium(...flags) {
  const browser = await openPage(...flags);
  try {
    const fetched = [];
    browser.page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
    const told = await browser.page.evaluate(async (lines) => {
      const { PocketKms } = await import('/wasm/npm/browser.js');
      const { replayed } = await import('/wasm/tests/golden.js');
      const before = PocketKms.build;
      const replies = await replayed(lines, PocketKms);
      const kms = await PocketKms.create();
      const looksBack = (evaluationPeriods) => {
        try {
          return Boolean(kms.audit.alarms({ put: { recipe: 'pending_deletion_use', period: 3600, evaluationPeriods } }));
        } catch {
          return false;
        }
      };
      return { before, replies, hours: [1, 168, 169].filter(looksBack), build: PocketKms.build };
    }, GOLDEN.map((line) => JSON.parse(line)));
    return { ...told, fetched: [...new Set(fetched.filter((path) => path.endsWith('.wasm')))] };
  } finally {
    await browser.close();
  }
}

test('the two builds are two, and only one of them needs wide arithmetic', async () => {
  const [baseline, wide] = ['', 'wide/'].map((folder) => readFileSync(new URL(`${folder}pocket_kms_bg.wasm`, FOLDER)));
  assert.ok(WebAssembly.validate(baseline));
  assert.notDeepEqual(baseline, wide);
  // A page that reads none of the rest gets the products of RSA in the first part: 0xfc 0x16 is i64.mul_wide_u.
  assert.ok(wide.includes(Buffer.from([0xfc, 0x16])));
  const names = (bytes) => WebAssembly.Module.imports(new WebAssembly.Module(bytes)).map(({ name }) => name);
  assert.ok(names(baseline).length > 0);
});

test('the builds say nothing of the machine that made them', () => {
  const home = fileURLToPath(new URL('../../', import.meta.url));
  for (const path of [...both(''), ...both('wide/'), 'templates/pocket_kms_bg.wasm']) {
    const module = readFileSync(new URL(path, FOLDER));
    assert.deepEqual([home, '/registry/src/'].filter((path) => module.includes(path)), []);
  }
});

test('Node loads the build that it knows', async () => {
  await PocketKms.create();
  const wide = readFileSync(new URL('wide/pocket_kms_bg.wasm', FOLDER));
  assert.equal(PocketKms.build, WebAssembly.validate(wide) ? 'wide-arithmetic' : 'baseline');
});

test('Chromium without wide arithmetic loads the baseline, which gives the golden bytes', async () => {
  const { before, build, fetched, replies, hours } = await inChromium('--js-flags=--no-wasm-wide-arithmetic');
  assert.deepEqual([before, build, fetched], [undefined, 'baseline', both('/wasm/npm/pkg/')]);
  assert.deepEqual(replies, GOLDEN);
  assert.deepEqual(hours, WEEK);
});

test('Chromium with wide arithmetic loads the other build, which gives the same bytes', async () => {
  const { build, fetched, replies, hours } = await inChromium(WIDE);
  assert.deepEqual([build, fetched], ['wide-arithmetic', both('/wasm/npm/pkg/wide/')]);
  assert.deepEqual(replies, GOLDEN);
  assert.deepEqual(hours, WEEK);
});
