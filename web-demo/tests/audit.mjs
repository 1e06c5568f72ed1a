// axe and the width of a page, and pictures of pages.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

/** What the design system itself does on a phone, which no page can change. */
const OF_THE_DESIGN_SYSTEM = [/aria-orientation/];

export async function audit(page, where) {
  await settled(page);
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  const found = violations.flatMap(({ id, help, nodes }) => nodes.map(({ html, failureSummary }) => ({ id, help, html, failureSummary })));
  const ours = found.filter(({ failureSummary }) => !OF_THE_DESIGN_SYSTEM.some((known) => known.test(failureSummary)));
  assert.deepEqual(ours, [], `${where} is clean`);
  const [needed, had] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(needed <= had, `${where} needs ${needed} of ${had} pixels`);
}

/** Things that fade in have colours of their own meanwhile. A cursor blinks for ever. */
async function settled(page) {
  await page.evaluate(() => {
    const ending = document.getAnimations().filter(({ effect }) => Number.isFinite(effect.getComputedTiming().endTime));
    return Promise.all(ending.map(({ finished }) => finished.catch(() => undefined)));
  });
}

/** Among what is built, where git looks for nothing. */
const PICTURES = fileURLToPath(new URL('../../target/screenshots/', import.meta.url));

/** Keeps a picture of what can be seen, for people to look through. */
export async function picture(page, name) {
  await settled(page);
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: `${PICTURES}${name}.png` });
}
