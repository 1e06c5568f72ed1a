// Headless Chromium with the playground in it: fresh storage for every test, and no error unseen.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { chromium } from 'playwright-core';
import { serveSite } from './site.mjs';
import { PATIENCE } from './steps.mjs';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let browser;

/** A test with a world of its own, in which nothing may go wrong unseen. */
export function inPlayground(name, steps, options) {
  if (!browser) {
    browser = openBrowser();
    after(async () => (await browser).close());
  }
  test(name, async () => {
    const visit = await (await browser).visit(options);
    try {
      await steps(visit.page, visit);
      assert.deepEqual(visit.errors, []);
    } finally {
      await visit.context.close();
    }
  });
}

/** Tests keep nothing for later but where that is what they try, and wait for nothing that fades in or slides. */
const USUAL = { viewport: { width: 1280, height: 800 }, serviceWorkers: 'block', reducedMotion: 'reduce' };

/** A browser and a site for all tests of a file. */
export async function openBrowser(site = undefined) {
  site ??= await serveSite();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    headless: true,
    args: ARGUMENTS,
  });
  return {
    /** A playground with an empty world of its own, and the table of its keys. */
    async visit(options = {}, address = site.address) {
      const context = await browser.newContext({ ...USUAL, ...options });
      return visit(context, address);
    },
    site,
    async close() {
      await browser.close();
      await site.close();
    },
  };
}

/** Makes a page as many times slower as SLOWER says: what a test has not waited for then shows on a fast machine, too. */
async function slowDown(page) {
  const rate = Number(process.env.SLOWER ?? 1);
  if (rate === 1) return;
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
}

/** Opens another tab of a context, on the table of keys where the address names no page. */
export async function visit(context, address) {
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  await slowDown(page);
  const errors = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    const own = origin === new URL(address).origin || protocol === 'data:' || protocol === 'blob:';
    if (!own) errors.push(`a request left the site: ${request.url()}`);
  });
  await page.goto(address.includes('#') ? address : `${address}#/keys`);
  return { page, context, errors, address };
}
