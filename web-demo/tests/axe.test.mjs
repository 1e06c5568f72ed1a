// axe on each page: in light and in dark, on a desktop and on a phone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inPlayground } from './browser.mjs';
import { createKey, openTab, pick, refusal, visitPage } from './steps.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

/** What the design system itself does on a phone, which no page can change. */
const OF_THE_DESIGN_SYSTEM = [/aria-orientation/];

async function audit(page, where) {
  // Things that fade in have colours of their own meanwhile.
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => undefined))));
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  const found = violations.flatMap(({ id, help, nodes }) => nodes.map(({ html, failureSummary }) => ({ id, help, html, failureSummary })));
  const ours = found.filter(({ failureSummary }) => !OF_THE_DESIGN_SYSTEM.some((known) => known.test(failureSummary)));
  assert.deepEqual(ours, [], `${where} is clean`);
}

/** Follows an address, which a phone does too: its navigation is folded. */
async function open(page, address, heading) {
  await page.evaluate((address) => (location.hash = address), address);
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
}

async function auditAll(page) {
  await page.getByText('There are no keys').waitFor();
  await audit(page, 'the empty table');
  await page.getByRole('button', { name: 'Create key' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Configure key' }).waitFor();
  await audit(page, 'the wizard');
  await page.evaluate(() => (location.hash = '#/keys'));
  const pair = await createKey(page, { alias: 'pair', choose: pick('Asymmetric', 'Sign and verify', 'ECC_NIST_P256') });
  for (const tab of ['Sign and verify', 'Public key', 'Key policy', 'Cryptographic configuration', 'Tags', 'Aliases']) {
    await openTab(page, tab);
    await page.getByRole('tabpanel', { name: tab }).waitFor();
    await audit(page, `the tab ${tab}`);
  }
  await open(page, '#/keys', /Customer managed keys/);
  await createKey(page, { alias: 'agree', choose: pick('Asymmetric', 'Key agreement', 'ECC_NIST_P256') });
  await audit(page, 'the tab for shared secrets');
  await open(page, '#/keys', /Customer managed keys/);
  await createKey(page, { alias: 'capsule', choose: pick('Asymmetric', 'Encapsulate and decapsulate', 'ML_KEM_512') });
  await audit(page, 'the tab for encapsulation');
  await open(page, '#/keys', /Customer managed keys/);
  await page.getByRole('link', { name: pair }).waitFor();
  await audit(page, 'the table');
  await open(page, '#/journal', /Journal of changes/);
  await audit(page, 'the journal');
  await open(page, '#/clock', 'World clock');
  await audit(page, 'the clock');
  await open(page, '#/keys/no-such-key', 'no-such-key');
  await refusal(page, 'NotFoundException').waitFor();
  await audit(page, 'a page that was refused');
}

inPlayground('axe has nothing to say in light', auditAll, { colorScheme: 'light' });
inPlayground('axe has nothing to say in dark', auditAll, { colorScheme: 'dark' });
inPlayground('axe has nothing to say on a phone', auditAll, { viewport: { width: 390, height: 844 } });
inPlayground('axe has nothing to say on a phone in dark', auditAll, { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
