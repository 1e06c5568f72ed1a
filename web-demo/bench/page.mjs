/** What a visitor waits for, and what a page costs that nobody touches: the built playground in headless Chromium. */

import { readFile } from 'node:fs/promises';
import { brotliCompressSync, constants } from 'node:zlib';

import { median, tell } from '../../wasm/bench/measure.js';
import { openBrowser } from '../tests/browser.mjs';
import { DIST } from '../tests/site.mjs';

const VISITS = 9;
/** How long nobody touches the page, in seconds, and how long it may settle before. */
const IDLE = 10;
const SETTLING = 3000;
const MODULE = /\.wasm$/;

/** Milliseconds until something is painted, and until the world has answered what the page has asked. */
async function visited(browser) {
  const { page, context } = await browser.visit({}, 'about:blank');
  await page.goto(`${browser.site.address}#/keys`, { waitUntil: 'commit' });
  const answered = await page.waitForFunction(() => /There are no keys/.test(document.querySelector('main')?.innerText ?? '') && performance.now());
  const interactive = await answered.jsonValue();
  const painted = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
  await context.close();
  return { painted, interactive };
}

/** Bytes, as the best server sends them, that a browser fetches before it asks for the module, and all that it then has. */
async function fetched(browser) {
  const { page, context } = await browser.visit({}, 'about:blank');
  const paths = [];
  page.on('request', (request) => paths.push(new URL(request.url()).pathname));
  context.on('request', (request) => !paths.includes(new URL(request.url()).pathname) && paths.push(new URL(request.url()).pathname));
  await page.goto(`${browser.site.address}#/keys`);
  await page.getByText('There are no keys').waitFor();
  await context.close();
  const before = paths.filter((path) => !MODULE.test(path));
  let bytes = 0;
  for (const path of new Set(before)) bytes += brotli(await readFile(`${DIST}${path.endsWith('/') ? `${path}index.html` : path}`));
  return bytes;
}

function brotli(bytes) {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } }).length;
}

/** Milliseconds a second that the threads of a page work, the page's own and that of its world, while nobody touches it. */
async function idle(browser) {
  const { page, context } = await browser.visit({}, `${browser.site.address}#/keys`);
  await page.getByText('There are no keys').waitFor();
  await page.waitForTimeout(SETTLING);
  await browser.tracing.begin(page);
  await page.waitForTimeout(IDLE * 1000);
  const worked = await browser.tracing.end();
  await context.close();
  return worked / IDLE;
}

const browser = await openBrowser();
const visits = [];
await visited(browser);
for (let visit = 0; visit < VISITS; visit += 1) visits.push(await visited(browser));
const of = (name) => median(visits.map((visit) => visit[name]));
tell({ what: 'Playground: first paint', ours: of('painted'), unit: 'ms', at_most: 1000 });
tell({ what: 'Playground: the world has answered', ours: of('interactive'), unit: 'ms', at_most: 2000 });
tell({ what: 'Playground: fetched before the module, brotli', ours: (await fetched(browser)) / 1000, unit: 'kB', at_most: 900 });
tell({ what: 'Playground: work of an idle page in a second', ours: await idle(browser), unit: 'ms', at_most: 5 });
await browser.close();
