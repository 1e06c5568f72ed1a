// The time line in the playground: what falls due, where, and a clock that goes there.
import assert from 'node:assert/strict';
import { inPlayground } from './browser.mjs';
import { becomes, createKey, flash, gone, openMenu, region, rows, scheduleDeletion, visitPage } from './steps.mjs';

const due = (page, text) => rows(page, 'What falls due').filter({ hasText: text });

const rotating = {
  async choose(page) {
    await page.getByLabel('Rotate automatically').check();
    await page.getByLabel('Rotation period (in days)').fill('90');
  },
};

inPlayground('the time line has all Regions or the chosen one, soonest first, and each key is a step away', async (page) => {
  const rotated = await createKey(page, { alias: 'rotated', ...rotating });
  await region(page, /Frankfurt/);
  const doomed = await createKey(page, { alias: 'doomed' });
  await scheduleDeletion(page, 7);
  await visitPage(page, 'World clock');
  await page.getByText('A deletion, in 6 days 23 hours').waitFor();
  const kinds = async () => (await rows(page, 'What falls due').allInnerTexts()).map((text) => /Deletion|rotation/.exec(text)?.[0]);
  await becomes(kinds, ['Deletion', 'rotation']);
  await page.getByRole('button', { name: 'Region eu-central-1' }).click();
  await due(page, doomed).waitFor();
  await gone(due(page, rotated));
  await page.getByRole('button', { name: 'Whole world' }).click();
  await due(page, rotated).getByRole('link', { name: rotated }).click();
  await page.getByRole('heading', { level: 1, name: rotated }).waitFor();
  await page.getByRole('banner').getByRole('button', { name: 'Region: us-east-1' }).waitFor();
  await page.getByRole('tab', { name: 'Key rotation', selected: true }).waitFor();
});

inPlayground('the clock goes to an instant, and everything before it has happened', async (page) => {
  const rotated = await createKey(page, { alias: 'rotated', ...rotating });
  await visitPage(page, 'Customer managed keys');
  const doomed = await createKey(page, { alias: 'doomed' });
  await scheduleDeletion(page, 7);
  await visitPage(page, 'World clock');
  await due(page, rotated).getByRole('button', { name: /^Go there: Automatic rotation/ }).click();
  await flash(page, 'Time has deleted 1 key and changed 1 key.').waitFor();
  await due(page, doomed).waitFor({ state: 'detached' });
  await page.getByText('A rotation, in 89 days 23 hours').waitFor();
});

inPlayground('a disabled key rotates at no instant, and the time line says so', async (page) => {
  const id = await createKey(page, { alias: 'asleep', ...rotating });
  await visitPage(page, 'World clock');
  await due(page, id).waitFor();
  await page.evaluate((id) => (location.hash = `#/keys/${id}`), id);
  await page.getByRole('button', { name: 'Key actions' }).click();
  await page.getByRole('menuitem', { name: 'Disable' }).click();
  await flash(page, '1 key disabled.').waitFor();
  await visitPage(page, 'World clock');
  await page.getByText('Nothing falls due.').waitFor();
});

inPlayground('a second writes the text that changed and nothing else, and nothing while nobody sees the page', async (page) => {
  await createKey(page, { alias: 'rotated', ...rotating });
  await visitPage(page, 'World clock');
  await page.getByText('A rotation, in 89 days 23 hours').waitFor();
  await page.evaluate(() => {
    globalThis.written = [];
    const watching = { subtree: true, childList: true, characterData: true, attributes: true };
    const write = (news) => globalThis.written.push(...news.map(({ type, target }) => `${type} ${target.data}`));
    new MutationObserver(write).observe(document.querySelector('main'), watching);
  });
  // What belongs to the beginning of the page may be written until a second is over.
  await page.waitForFunction(() => globalThis.written.some((one) => one.startsWith('characterData')));
  await page.evaluate(() => (globalThis.written.length = 0));
  await page.waitForFunction(() => globalThis.written.length >= 3);
  for (const one of await page.evaluate(() => globalThis.written)) assert.match(one, /^characterData .*:\d\d:\d\d UTC$/);
  const writtenOnce = (seen) =>
    page.evaluate(async (seen) => {
      const waits = (millis) => new Promise((passed) => setTimeout(passed, millis));
      globalThis.written.length = 0;
      Object.defineProperty(document, 'hidden', { configurable: true, value: !seen });
      document.dispatchEvent(new Event('visibilitychange'));
      if (!seen) {
        // A second that was over before is still written.
        await waits(500);
        globalThis.written.length = 0;
        await waits(2500);
      }
      // What was written just now is told behind this.
      await undefined;
      return globalThis.written.length;
    }, seen);
  assert.equal(await writtenOnce(false), 0);
  assert.equal(await writtenOnce(true), 1);
});

inPlayground('the keyboard alone goes to an instant', async (page) => {
  await createKey(page, { alias: 'rotated', ...rotating });
  await visitPage(page, 'World clock');
  await rows(page, 'What falls due').first().getByRole('button', { name: /^Go there/ }).focus();
  await page.keyboard.press('Enter');
  await flash(page, 'Time has changed 1 key.').waitFor();
  await openMenu(page, /World clock/);
  await page.keyboard.press('Escape');
});
