// axe on each page, and its width: in light and in dark, on a desktop and on a phone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inPlayground } from './browser.mjs';
import { createKey, flash, openTab, pick, refusal, submitKey } from './steps.mjs';

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
  const [needed, had] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(needed <= had, `${where} needs ${needed} of ${had} pixels`);
}

/** Follows an address, which a phone does too: its navigation is folded. */
async function open(page, address, heading) {
  await page.evaluate((address) => (location.hash = address), address);
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
}

/** A multi-Region key that rotates and a key with imported material, with their tabs, dialogs and pages. */
async function auditTime(page) {
  await open(page, '#/keys', /Customer managed keys/);
  await createKey(page, {
    alias: 'time',
    async choose(page) {
      await pick('Multi-Region key')(page);
      await page.getByLabel('Rotate automatically').check();
      await audit(page, 'the advanced options');
    },
  });
  await openTab(page, 'Key rotation');
  await page.getByRole('button', { name: 'Rotate now' }).click();
  await flash(page, 'The key is rotated.').waitFor();
  await audit(page, 'the tab Key rotation');
  await openTab(page, 'Regionality');
  await audit(page, 'the tab Regionality');
  await page.getByRole('button', { name: 'Create replica key' }).click();
  await page.getByRole('dialog', { name: 'Create replica key' }).waitFor();
  await audit(page, 'the dialog of a replica');
  await page.keyboard.press('Escape');
  await open(page, '#/keys', /Customer managed keys/);
  await submitKey(page, { alias: 'imported', choose: pick('External') });
  await page.getByRole('heading', { level: 1, name: 'Choose how to wrap' }).waitFor();
  await audit(page, 'the first step of an import');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  for (const source of ['Upload', 'Paste', 'Generate']) {
    await pick(source)(page);
    await audit(page, `the import by ${source}`);
  }
  await page.getByRole('button', { name: 'Generate key material' }).click();
  await page.getByRole('region', { name: 'Key material', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await pick('Key material expires')(page);
  await audit(page, 'the settings of an import');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('button', { name: 'Import key material' }).last().click();
  await flash(page, 'The key material is imported.').waitFor();
  await page.getByText('Does not expire').or(page.getByText('(in 29 days')).first().waitFor();
  await audit(page, 'the tab Key material');
  await open(page, '#/clock', 'World clock');
  await page.getByRole('button', { name: /^Go there/ }).first().waitFor();
  await audit(page, 'the clock');
  await open(page, '#/quotas', 'Quotas');
  await page.getByText('of 100000').waitFor();
  await audit(page, 'the quotas');
  await open(page, '#/faults', 'Faults');
  await page.getByRole('button', { name: 'Add fault' }).click();
  await flash(page, 'is added').waitFor();
  await audit(page, 'the faults');
  await page.getByRole('button', { name: /^Remove fault/ }).click();
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
  await auditTime(page);
  await open(page, '#/keys/no-such-key', 'no-such-key');
  await refusal(page, 'NotFoundException').waitFor();
  await audit(page, 'a page that was refused');
}

inPlayground('axe has nothing to say in light', auditAll, { colorScheme: 'light' });
inPlayground('axe has nothing to say in dark', auditAll, { colorScheme: 'dark' });
inPlayground('axe has nothing to say on a phone', auditAll, { viewport: { width: 390, height: 844 } });
inPlayground('axe has nothing to say on a phone in dark', auditAll, { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
