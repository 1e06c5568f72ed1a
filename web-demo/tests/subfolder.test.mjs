// Any path of any server: no address of the playground begins at the root, and no header is needed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { openBrowser } from './browser.mjs';
import { DIST, serveSite } from './site.mjs';
import { createKey, decrypts, editPolicy, encrypt, visitPage } from './steps.mjs';

/** What even the simplest server says of a script and of a style, without which browsers take neither. */
const PLAIN = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

const PATHS = ['/one/', '/a/folder%20with%20spaces/and/more/'];

for (const path of PATHS) {
  test(`below ${path} everything is found: page, worker, modules, and what is loaded later`, async () => {
    const site = await serveSite({ path, types: PLAIN });
    const { page, context, errors } = await browser.visit({}, `${site.address}index.html`);
    const outside = [];
    page.on('request', (request) => {
      const { pathname, protocol } = new URL(request.url());
      if (protocol === 'http:' && !pathname.startsWith(path)) outside.push(pathname);
    });
    const missing = [];
    page.on('response', (response) => response.status() !== 200 && missing.push(response.url()));
    try {
      await createKey(page, { alias: 'below' });
      const ciphertext = await encrypt(page, 'below a path');
      await page.reload();
      await decrypts(page, ciphertext, 'below a path');
      await editPolicy(page);
      await page.evaluate(() => (location.hash = '#/policy-lab/export'));
      await page.getByRole('link', { name: 'Download' }).first().waitFor();
      await visitPage(page, 'World clock');
      await page.getByRole('heading', { level: 1, name: 'World clock' }).waitFor();
      assert.deepEqual({ errors, outside, missing }, { errors: [], outside: [], missing: [] });
    } finally {
      await context.close();
      await site.close();
    }
  });
}

test('opened as a file, the page says what it needs', async () => {
  const { page, context } = await browser.visit({}, pathToFileURL(`${DIST}/index.html`).href);
  await page.getByText('Any server of static files will do').waitFor();
  await context.close();
});
