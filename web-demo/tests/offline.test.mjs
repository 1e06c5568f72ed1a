// Without a network: installable, whole after a reload, and never half an old and half a new page.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openBrowser, visit } from './browser.mjs';
import { startDemo } from './demo-server.mjs';
import { DIST, serveSite } from './site.mjs';
import { becomes, createKey, decrypts, editPolicy, encrypt, flash, gone, rowOf, visitPage } from './steps.mjs';

/** Below a path that is not the root: what is kept must not reach beyond it. */
const PATH = '/school/playground/';
/** As a new version brings it: the old page cannot ask for any of its files. */
const NEWER = 'newer';

let folder;
let browser;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playground-'));
  await newerVersion(folder);
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

/** A test with a site of its own, which it may close, and a context in which pages are kept. */
function withSite(name, steps) {
  test(name, async () => {
    const site = await serveSite({ path: PATH });
    const opened = await browser.visit({ serviceWorkers: 'allow' }, site.address);
    try {
      await steps({ ...opened, site });
      assert.deepEqual(opened.errors, []);
    } finally {
      await opened.context.close();
      await site.close();
    }
  });
}

/** Waits until the page has been kept. */
async function kept(page) {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
}

/** The playground with other names of all assets, as every change gives them, and a page that says so. */
async function newerVersion(folder) {
  await cp(DIST, folder, { recursive: true });
  const assets = await readdir(join(folder, 'assets'));
  const renamed = (text) => assets.reduce((text, name) => text.replaceAll(name, newName(name)), text);
  for (const name of assets) await rename(join(folder, 'assets', name), join(folder, 'assets', newName(name)));
  const texts = [...assets.map((name) => `assets/${newName(name)}`), 'index.html', 'sw.js'].filter((name) => /\.(js|css|html)$/.test(name));
  for (const name of texts) {
    const text = await readFile(join(folder, name), 'utf8');
    await writeFile(join(folder, name), renamed(text));
  }
  const index = (await readFile(join(folder, 'index.html'), 'utf8')).replace('<head>', `<head><meta name="version" content="${NEWER}">`);
  await writeFile(join(folder, 'index.html'), index);
  const worker = await readFile(join(folder, 'sw.js'), 'utf8');
  const old = createHash('md5').update(await readFile(join(DIST, 'index.html'))).digest('hex');
  assert.ok(worker.includes(old), 'the service worker knows the page by its hash');
  await writeFile(join(folder, 'sw.js'), worker.replaceAll(old, createHash('md5').update(index).digest('hex')));
}

function newName(name) {
  return name.replace(/(?=\.\w+$)/, '-2');
}

const isNewer = (page) => page.locator(`meta[name=version][content=${NEWER}]`).waitFor({ state: 'attached' });

withSite('a browser can install it', async ({ page, context }) => {
  await kept(page);
  const cdp = await context.newCDPSession(page);
  const { installabilityErrors } = await cdp.send('Page.getInstallabilityErrors');
  // Contexts of tests are private windows, in which nothing can be installed.
  assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito'), []);
  const { errors, data, url } = await cdp.send('Page.getAppManifest');
  assert.deepEqual(errors, []);
  for (const { src, sizes } of JSON.parse(data).icons) {
    const natural = await page.evaluate(async (address) => {
      const image = new Image();
      image.src = address;
      await image.decode();
      return `${image.naturalWidth}x${image.naturalHeight}`;
    }, new URL(src, url).href);
    assert.ok(sizes === 'any' || sizes === natural, `${src} is ${natural}`);
  }
});

withSite('after a reload without a server everything works, with the same world', async ({ page, site, errors }) => {
  const id = await createKey(page, { alias: 'before' });
  const ciphertext = await encrypt(page, 'said before');
  await kept(page);
  await site.close();
  await page.reload();
  await decrypts(page, ciphertext, 'said before');
  // Parts that are loaded later, a second module of WebAssembly among them.
  await editPolicy(page);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  for (const name of ['World clock', 'Policy lab', 'Event history', 'Metrics', 'Directory', 'AWS managed keys']) {
    await visitPage(page, name);
    await page.getByRole('heading', { level: 1, name }).waitFor();
  }
  await page.evaluate(() => (location.hash = '#/policy-lab/export'));
  await page.getByRole('link', { name: 'Download' }).first().waitFor();
  await page.evaluate(() => (location.hash = '#/keys'));
  await createKey(page, { alias: 'without-a-server' });
  await page.evaluate(() => (location.hash = '#/keys'));
  await rowOf(page, id).waitFor();
  // The browser itself looks for a newer version, and finds nobody.
  errors.splice(0, errors.length, ...errors.filter((error) => !/ERR_CONNECTION_REFUSED/.test(error)));
});

withSite('what stands behind a question mark opens without a server, too', async ({ page, site }) => {
  await kept(page);
  await site.close();
  await page.goto(`${site.address}?embed#/clock`);
  await page.getByRole('heading', { level: 1, name: 'World clock' }).waitFor();
});

withSite('a newer version waits until it is asked for, and then all tabs take it', async ({ page, context, site }) => {
  const id = await createKey(page, { alias: 'kept' });
  await kept(page);
  await page.reload();
  const other = await visit(context, `${site.address}#/keys`);
  await rowOf(other.page, id).waitFor();

  site.publish(folder);
  await page.evaluate(() => navigator.serviceWorker.getRegistration().then((registration) => registration.update()).then(() => undefined));
  for (const tab of [page, other.page]) await flash(tab, 'A newer version of the playground is ready.').waitFor();
  // Whole pages of the old version are left, though its files are gone from the server.
  await visitPage(page, 'Quotas');
  await page.getByRole('heading', { level: 1, name: 'Quotas' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Quotas' }).waitFor();
  await gone(page.locator('meta[name=version]'));

  await page.getByRole('region', { name: 'Notifications' }).getByRole('button', { name: 'Reload' }).click();
  for (const tab of [page, other.page]) await isNewer(tab);
  await visitPage(other.page, 'Faults');
  await other.page.getByRole('heading', { level: 1, name: 'Faults' }).waitFor();
  await visitPage(page, 'Customer managed keys');
  await rowOf(page, id).waitFor();
  assert.deepEqual(other.errors, []);
});

test('a page that was never kept tells when its parts are gone from the server', async () => {
  const site = await serveSite({ path: PATH });
  const { page, context } = await browser.visit({}, site.address);
  try {
    await page.getByText('There are no keys').waitFor();
    site.publish(folder);
    await visitPage(page, 'World clock');
    await flash(page, 'A part of the playground could not be loaded.').waitFor();
    await page.getByRole('region', { name: 'Notifications' }).getByRole('button', { name: 'Reload' }).click();
    await page.getByRole('heading', { level: 1, name: 'World clock' }).waitFor();
    await isNewer(page);
  } finally {
    await context.close();
    await site.close();
  }
});

test('where a server has a world of its own, no page comes up that was kept at its address before', async () => {
  const site = await serveSite();
  const { page, context } = await browser.visit({ serviceWorkers: 'allow' }, site.address);
  await kept(page);
  await site.close();
  const demo = await startDemo(`--page-port=${new URL(site.address).port}`);
  try {
    await page.reload();
    await page.getByText(`aws --endpoint-url ${demo.api} kms create-key`).waitFor();
    await becomes(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length + (await caches.keys()).length), 0);
  } finally {
    await context.close();
    demo.server.kill();
    await demo.ended;
  }
});
