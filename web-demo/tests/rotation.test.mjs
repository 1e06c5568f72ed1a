// Rotation in the playground: by schedule, on demand, and what KMS refuses.
import { inPlayground } from './browser.mjs';
import { becomes, createKey, decrypts, encrypt, flash, goToNext, gone, keyAction, openTab, part, pick, refusal, rows, visitKey } from './steps.mjs';

const automatic = (page) => part(page, 'Automatic rotation');
const onDemand = (page) => part(page, 'On-demand rotation');

/** Opens the dialog of the schedule and changes it. */
async function schedule(page, { on = true, days }) {
  await automatic(page).getByRole('button', { name: 'Edit' }).click();
  const dialog = page.getByRole('dialog', { name: 'Automatic rotation' });
  await dialog.getByLabel('Rotate automatically').setChecked(on);
  if (days !== undefined) await dialog.getByLabel('Rotation period (in days)').fill(days);
  await dialog.getByRole('button', { name: 'Save changes' }).click();
  return dialog;
}

inPlayground('a key rotates by its schedule, and what it encrypted before still decrypts', async (page) => {
  const id = await createKey(page, { alias: 'quarterly' });
  const ciphertext = await encrypt(page, 'older than the key material');
  await openTab(page, 'Key rotation');
  await page.getByText('The key has not rotated yet.').waitFor();
  await schedule(page, { days: '90' });
  await flash(page, 'The key rotates every 90 days.').waitFor();
  await automatic(page).getByText('90 days', { exact: true }).waitFor();
  await automatic(page).getByText('(in 89 days 23 hours)').waitFor();

  await goToNext(page);
  await flash(page, 'Time has changed 1 key.').waitFor();
  await page.getByText('A rotation, in 89 days 23 hours').waitFor();
  await visitKey(page, id, 'rotation');
  const row = rows(page, 'Rotations').first();
  for (const cell of ['Automatic', 'Current']) await row.getByText(cell, { exact: true }).waitFor();
  await decrypts(page, ciphertext, 'older than the key material');

  await openTab(page, 'Key rotation');
  await schedule(page, { on: false });
  await flash(page, 'does not rotate by itself any more').waitFor();
  await automatic(page).getByText('Disabled', { exact: true }).waitFor();
});

inPlayground('rotations on demand fill pages, until KMS allows no more', async (page) => {
  await createKey(page, { alias: 'restless' });
  await openTab(page, 'Key rotation');
  const rotate = onDemand(page).getByRole('button', { name: 'Rotate now' });
  const told = refusal(onDemand(page), 'LimitExceededException');
  for (let asked = 1; asked <= 26; asked += 1) {
    await rotate.click();
    await page.getByText('The key is rotated.').or(told).first().waitFor();
  }
  await told.waitFor();
  const first = rows(page, 'Rotations');
  await first.nth(9).getByText('On demand').waitFor();
  await becomes(() => first.count(), 10);
  const next = page.getByRole('button', { name: 'Next page' });
  await next.click();
  await page.getByRole('button', { name: 'Page 2', exact: false }).waitFor();
  await next.click();
  await page.waitForFunction(() => document.querySelectorAll('table[aria-label="Rotations"] tbody tr').length === 5);
  await rows(page, 'Rotations').last().getByText('Current', { exact: true }).waitFor();
});

inPlayground('a refused rotation stands beside what was asked', async (page) => {
  await createKey(page, { alias: 'asleep' });
  await keyAction(page, 'Disable');
  await flash(page, '1 key disabled.').waitFor();
  await openTab(page, 'Key rotation');
  await onDemand(page).getByRole('button', { name: 'Rotate now' }).click();
  await refusal(onDemand(page), 'DisabledException').waitFor();
  const dialog = await schedule(page, { days: '365' });
  await refusal(dialog, 'DisabledException').waitFor();
  await dialog.getByLabel('Rotation period (in days)').fill('89');
  await dialog.getByText('Between 90 and 2560 days.').waitFor();
  await becomes(() => dialog.getByRole('button', { name: 'Save changes' }).isDisabled(), true);
});

inPlayground('a disabled key rotates as soon as it is enabled, if it was due', async (page) => {
  await createKey(page, { alias: 'late' });
  await openTab(page, 'Key rotation');
  await schedule(page, { days: '90' });
  await flash(page, 'The key rotates every 90 days.').waitFor();
  await keyAction(page, 'Disable');
  await flash(page, '1 key disabled.').waitFor();
  await page.getByRole('banner').getByRole('button', { name: /World clock/ }).click();
  await page.getByRole('menuitem', { name: 'Advance 1 year' }).click();
  await automatic(page).getByText('it waits until the key is enabled').waitFor();
  await page.getByText('The key has not rotated yet.').waitFor();
  await keyAction(page, 'Enable');
  await rows(page, 'Rotations').first().getByText('Automatic').waitFor();
  await becomes(() => rows(page, 'Rotations').count(), 1);
});

inPlayground('keys that cannot rotate have no tab for it', async (page) => {
  await createKey(page, { alias: 'pair', choose: pick('Asymmetric', 'Sign and verify', 'ECC_NIST_P256') });
  await page.getByRole('tab', { name: 'Tags' }).waitFor();
  await gone(page.getByRole('tab', { name: 'Key rotation' }));
  await gone(page.getByRole('tab', { name: 'Regionality' }));
  await gone(page.getByRole('tab', { name: 'Key material' }));
});

inPlayground('the wizard creates a key that rotates', async (page) => {
  await createKey(page, {
    alias: 'born-rotating',
    async choose(page) {
      await page.getByLabel('Rotate automatically').check();
      await page.getByLabel('Rotation period (in days)').fill('7');
      await page.getByRole('button', { name: 'Next', exact: true }).click();
      await page.getByText('Between 90 and 2560 days.').waitFor();
      await page.getByLabel('Rotation period (in days)').fill('180');
    },
  });
  await openTab(page, 'Key rotation');
  await automatic(page).getByText('180 days', { exact: true }).waitFor();
});
