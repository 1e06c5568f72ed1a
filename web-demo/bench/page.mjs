/** What a visitor waits for, and what a page costs that nobody touches: the built playground in headless Chromium. */

import { readFile } from 'node:fs/promises';
import { brotliCompressSync, constants } from 'node:zlib';

import { median, tell } from '../../wasm/bench/measure.js';
import { openBrowser } from '../tests/browser.mjs';
import { DIST } from '../tests/site.mjs';

const VISITS = 9;
/** Its text comes when the world has answered what the page has asked. */
const ANSWERED = 'There are no keys';
/** Where visits begin, and a text that the page there shows when it is whole. */
const FIRST = [
  ['the start page', '#/', 'Begin an empty world'],
  ['the table of keys', '#/keys', ANSWERED],
];
/** How long nobody touches the page, in seconds: over the end of a minute. And how long it may settle before. */
const IDLE = 61;
const SETTLING = 3000;
/** What watches the page works, too. */
const WATCHING = /^PerfettoTrace$/;

/** Milliseconds until something is painted, and until the world has answered. */
async function visited(browser) {
  const { page, context } = await browser.visit({}, `${browser.site.address}#/keys`);
  const shown = await page.waitForFunction((text) => document.querySelector('main')?.innerText.includes(text) && performance.now(), ANSWERED);
  const painted = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
  const answered = await shown.jsonValue();
  await context.close();
  return { painted, answered };
}

/** Kilobytes that a browser fetches until a page shows a text, the modules aside, as the best server sends them. */
async function fetched(browser, address, text) {
  const { page, context } = await browser.visit({}, 'about:blank#');
  const paths = new Set();
  context.on('request', (request) => paths.add(new URL(request.url()).pathname));
  await page.goto(`${browser.site.address}${address}`);
  await page.getByText(text).first().waitFor();
  await context.close();
  const files = [...paths].filter((path) => !path.endsWith('.wasm')).map((path) => (path === '/' ? '/index.html' : path));
  const sizes = await Promise.all(files.map(async (file) => brotli(await readFile(`${DIST}${file}`))));
  return sizes.reduce((sum, size) => sum + size, 0) / 1000;
}

function brotli(bytes) {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } }).length;
}

/** Milliseconds a second that all threads of a page work, those of its world as well, while nobody touches it. */
async function idle(browser, address) {
  const { page, context } = await browser.visit({}, `${browser.site.address}${address}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForTimeout(SETTLING);
  await context.browser().startTracing(page, { categories: ['toplevel', '-*'] });
  await page.waitForTimeout(IDLE * 1000);
  const { traceEvents } = JSON.parse(await context.browser().stopTracing());
  await context.close();
  return worked(traceEvents) / 1000 / IDLE;
}

/** Microseconds of processor time that the tasks of the page's process took. */
function worked(events) {
  const threads = new Map(events.filter(({ name }) => name === 'thread_name').map(({ pid, tid, args }) => [`${pid} ${tid}`, args.name]));
  const nameOf = ({ pid, tid }) => threads.get(`${pid} ${tid}`) ?? '';
  const tasks = events.filter(({ ph, name }) => ph === 'X' && name.endsWith('RunTask'));
  const { pid } = tasks.find((task) => nameOf(task) === 'DedicatedWorker thread');
  const ours = tasks.filter((task) => task.pid === pid && !WATCHING.test(nameOf(task)));
  return ours.reduce((sum, { tdur = 0 }) => sum + tdur, 0);
}

const browser = await openBrowser();
await visited(browser);
const visits = [];
for (let visit = 0; visit < VISITS; visit += 1) visits.push(await visited(browser));
tell({ what: 'Playground: first paint', ours: median(visits.map(({ painted }) => painted)), unit: 'ms', at_most: 1000 });
tell({ what: 'Playground: the world has answered', ours: median(visits.map(({ answered }) => answered)), unit: 'ms', at_most: 2000 });
for (const [name, address, text] of FIRST) {
  const what = `Playground: fetched for ${name} beside the module, brotli`;
  tell({ what, ours: await fetched(browser, address, text), unit: 'kB', at_most: 900 });
}
tell({ what: 'Playground: work of an idle table of keys in a second', ours: await idle(browser, '#/keys'), unit: 'ms', at_most: 5 });
tell({ what: 'Playground: work of an idle clock in a second', ours: await idle(browser, '#/clock'), unit: 'ms', at_most: 5 });
await browser.close();
