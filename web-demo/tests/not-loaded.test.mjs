// A page whose module, or whose worker, is not the one that was built with it says so, and what to do; the world stays as it was.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser } from './browser.mjs';
import { createKey, gone, rowOf } from './steps.mjs';

/** A module that is valid and has nothing of what the page calls. */
const EMPTY = Buffer.from([0, 97, 115, 109, 1, 0, 0, 0]);

const WRONG = [
  ['a module of another build', '**/*.wasm', { contentType: 'application/wasm', body: EMPTY }, /does not fit/],
  ['a page in the place of the module', '**/*.wasm', { contentType: 'text/html', body: '<p>Not found</p>' }, /does not fit/],
  ['no module', '**/*.wasm', { status: 404, body: '' }, /does not find its WebAssembly module.*404/],
  ['no worker', '**/worker-*.js', { status: 404, body: '' }, /The script of the world cannot be loaded/],
];

let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

test('what opens a world and does not fit is told in a sentence, and the world is there again with the right one', async () => {
  const { page, context } = await browser.visit();
  await createKey(page, { alias: 'kept' });
  for (const [what, files, answer, sentence] of WRONG) {
    await context.route(files, (route) => route.fulfill(answer));
    await page.goto('about:blank');
    await page.goto(`${browser.site.address}#/keys`);
    await page.getByRole('heading', { level: 1, name: 'The playground is not loaded' }).waitFor();
    const told = await page.getByText('Your world is as you left it').innerText();
    assert.match(told, sentence, what);
    assert.match(told, /Reload the page/, what);
    // Nobody is to throw a world away that is not harmed.
    await gone(page.getByRole('main').getByRole('button', { name: 'Reset the world' }));
    await context.unroute(files);
  }
  await page.getByRole('button', { name: 'Reload', exact: true }).click();
  await rowOf(page, 'kept').waitFor();
  await context.close();
});
