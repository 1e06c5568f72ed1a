// How a page is looked at, on a desktop, in dark and on a phone: by axe, by its width, by its title and heading. Pictures
// are kept where PICTURES names a folder.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { becomes } from '../steps.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

const { PICTURES } = process.env;

/** The three looks of every page. */
export const LOOKS = {
  desktop: { viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  dark: { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: 'light' },
};

/** Walks are in all looks by turns, so that people's steps are taken in each. */
export const walkedIn = (at) => Object.values(LOOKS)[at % 3];

/**
 * Looks at what is there now, in all looks, and gives the page back as it was: `where` says what it is, and `title` what
 * the window is called, where it is a page.
 */
export async function look(page, where, title) {
  if (title !== undefined) await isTitled(page, title, where);
  const worn = await wornBy(page);
  for (const name of [worn, ...Object.keys(LOOKS).filter((name) => name !== worn)]) await isCleanIn(name, page, where);
  await dress(page, LOOKS[worn]);
}

/** Looks at what is there now, in the look that it has. */
export async function glance(page, where) {
  await isCleanIn(await wornBy(page), page, where);
}

async function wornBy(page) {
  if (page.viewportSize().width === LOOKS.phone.viewport.width) return 'phone';
  return (await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)) ? 'dark' : 'desktop';
}

async function isCleanIn(name, page, where) {
  await dress(page, LOOKS[name]);
  await audit(page, `${where} (${name})`);
  await fits(page, `${where} (${name})`);
  if (PICTURES) await picture(page, name, where);
}

/** A page has one heading of the first level, and the window has its name. */
async function isTitled(page, title, where) {
  await page.waitForFunction(([wanted]) => new RegExp(wanted).test(document.title), [`^(${title}) \\| pocket-kms playground$`]).catch(async () => {
    assert.fail(`${where} is called ${await page.title()} and not ${title}`);
  });
  const headings = () => page.getByRole('heading', { level: 1 }).count();
  await becomes(async () => `${where} has ${await headings()} heading of the first level`, `${where} has 1 heading of the first level`);
}

/** Gives a page its size and its colours, and waits until it has taken them. */
async function dress(page, { viewport, colorScheme }) {
  if (page.viewportSize().width !== viewport.width) await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme });
  await page.waitForFunction((dark) => document.body.classList.contains('awsui-dark-mode') === dark, colorScheme === 'dark');
  // The layout hears of a size after a frame, and lays itself out anew in the one after it.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)))));
}

/** Nothing scrolls sideways. */
async function fits(page, where) {
  const isNarrow = () => document.documentElement.scrollWidth <= window.innerWidth;
  await page.waitForFunction(isNarrow).catch(async () => {
    const [needed, had] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    assert.fail(`${where} needs ${needed} of ${had} pixels`);
  });
}

/** axe has nothing to say, but of what `OF_THE_DESIGN_SYSTEM` explains. */
async function audit(page, where) {
  // Things that fade in have colours of their own meanwhile. A cursor blinks for ever.
  await page.evaluate(() => {
    const ending = document.getAnimations().filter(({ effect }) => Number.isFinite(effect.getComputedTiming().endTime));
    return Promise.all(ending.map(({ finished }) => finished.catch(() => undefined)));
  });
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run({ resultTypes: ['violations'] });
    const isNamed = (element) => element?.getAttribute('aria-labelledby')?.split(' ').some((label) => document.getElementById(label)?.textContent.trim());
    const told = ({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary, target }) => ({ id, help, html, failureSummary, named: isNamed(document.querySelector(target[0])) }));
    return { violations: violations.flatMap(told), hidden: innerWidth < 700 && document.querySelectorAll('main h1').length === 1 };
  });
  const ours = found.violations.filter((violation) => !OF_THE_DESIGN_SYSTEM.some((known) => known(violation, found)));
  assert.deepEqual(ours, [], `${where} is clean`);
}

/** What no page can change, each with its reason. */
const OF_THE_DESIGN_SYSTEM = [
  // On a phone, its toolbar says which way it lies, in an attribute that its role has not.
  ({ failureSummary }) => /aria-orientation/.test(failureSummary),
  // On a phone, its help takes the place of the page, and hides the heading that is there.
  ({ id }, { hidden }) => id === 'page-has-heading-one' && hidden,
  // A long dialog has a label scrolled out of sight, which axe then takes for none.
  ({ id, named }) => id === 'label-title-only' && named,
];

/** Keeps a picture of what can be seen. */
async function picture(page, folder, where) {
  mkdirSync(`${PICTURES}/${folder}`, { recursive: true });
  await page.screenshot({ path: `${PICTURES}/${folder}/${where.replaceAll(/\W+/g, '-')}.png`, animations: 'allow', caret: 'initial' });
}
