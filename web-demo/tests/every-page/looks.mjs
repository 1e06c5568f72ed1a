// How a page is looked at: by axe, by its width, by its title and heading, in light and in dark; and a picture is kept.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

/** Pictures of the last run, which nobody commits. */
const PICTURES = process.env.PICTURES || fileURLToPath(new URL('../../../target/pictures', import.meta.url));

/** What the design system itself does on a phone, which no page can change. */
const OF_THE_DESIGN_SYSTEM = [/aria-orientation/];

/** In dark, only colours are others. */
const OF_COLOURS = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };

export const DESKTOP = { name: 'desktop', viewport: { width: 1440, height: 900 }, dark: true };
export const PHONE = { name: 'phone', viewport: { width: 390, height: 844 }, dark: false };

/** Looks at what is there now: `where` says what it is, and `title` what the window is called, where it is a page. */
export async function look(page, size, where, title) {
  if (title !== undefined) await isTitled(page, title, where);
  await audit(page, where);
  const [needed, had] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(needed <= had, `${where} needs ${needed} of ${had} pixels`);
  await picture(page, size.name, where);
  if (!size.dark) return;
  await colours(page, 'dark');
  await audit(page, `${where} in dark`, OF_COLOURS);
  await picture(page, 'dark', where);
  await colours(page, 'light');
}

/** A page has one heading of the first level, and the window has its name. */
async function isTitled(page, title, where) {
  await page.waitForFunction(([wanted]) => new RegExp(wanted).test(document.title), [`^(${title}) \\| pocket-kms playground$`]).catch(async () => {
    assert.fail(`${where} is called ${await page.title()} and not ${title}`);
  });
  const headings = await page.getByRole('heading', { level: 1 }).count();
  assert.equal(headings, 1, `${where} has one heading of the first level`);
}

async function colours(page, colorScheme) {
  await page.emulateMedia({ colorScheme });
  await page.waitForFunction((dark) => document.body.classList.contains('awsui-dark-mode') === dark, colorScheme === 'dark');
}

export async function audit(page, where, options = {}) {
  // Things that fade in have colours of their own meanwhile. A cursor blinks for ever.
  await page.evaluate(() => {
    const ending = document.getAnimations().filter(({ effect }) => Number.isFinite(effect.getComputedTiming().endTime));
    return Promise.all(ending.map(({ finished }) => finished.catch(() => undefined)));
  });
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  const found = await page.evaluate(async (options) => {
    const { violations } = await globalThis.axe.run({ resultTypes: ['violations'], ...options });
    // This rule takes a label for none where a long dialog has it scrolled out of sight.
    const isOutOfSight = (id, { target }) => {
      const labels = id === 'label-title-only' && document.querySelector(target[0])?.getAttribute('aria-labelledby')?.split(' ');
      return labels && labels.some((label) => document.getElementById(label)?.textContent.trim());
    };
    const told = (id, help, nodes) => nodes.filter((node) => !isOutOfSight(id, node)).map(({ html, failureSummary }) => ({ id, help, html, failureSummary }));
    return violations.flatMap(({ id, help, nodes }) => told(id, help, nodes));
  }, options);
  const ours = found.filter(({ failureSummary }) => !OF_THE_DESIGN_SYSTEM.some((known) => known.test(failureSummary)));
  assert.deepEqual(ours, [], `${where} is clean`);
}

/** Keeps a picture of what can be seen. */
export async function picture(page, folder, where) {
  mkdirSync(`${PICTURES}/${folder}`, { recursive: true });
  await page.screenshot({ path: `${PICTURES}/${folder}/${where.replaceAll(/\W+/g, '-')}.png`, animations: 'allow', caret: 'initial' });
}
