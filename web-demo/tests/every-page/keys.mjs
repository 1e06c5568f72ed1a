// Keys of every kind, what stands in their tabs, and what time does to them.
import { createKey, flash, keyAction, openTab, part, pick, pickExternal, refusal, submitKey } from '../steps.mjs';
import { button, dialog, open, stop } from './rows.mjs';

const KEYS = ['#/keys', /Customer managed keys/];

async function newKey(page, wish) {
  await open(page, ...KEYS);
  return createKey(page, wish);
}

const tabs = ['Sign and verify', 'Public key', 'Key policy', 'Cryptographic configuration', 'Tags', 'Aliases'].map((tab) =>
  stop(
    `the tab ${tab}`,
    async (page) => {
      await openTab(page, tab);
      await page.getByRole('tabpanel', { name: tab }).waitFor();
    },
    'key',
  ),
);

export const KINDS = [
  stop('the empty table', (page) => page.getByText('There are no keys').waitFor(), 'keys'),
  stop(
    'the wizard',
    async (page) => {
      await button(page, 'Create key').first().click();
      await page.getByRole('heading', { level: 1, name: 'Configure key' }).waitFor();
    },
    'create-key',
  ),
  stop('a key pair', async (page, made) => {
    made.pair = await newKey(page, { alias: 'pair', choose: pick('Asymmetric', 'Sign and verify', 'ECC_NIST_P256') });
  }),
  ...tabs,
  stop('the tab for shared secrets', (page) => newKey(page, { alias: 'agree', choose: pick('Asymmetric', 'Key agreement', 'ECC_NIST_P256') })),
  stop('the tab for encapsulation', (page) => newKey(page, { alias: 'capsule', choose: pick('Asymmetric', 'Encapsulate and decapsulate', 'ML_KEM_512') })),
  stop(
    'the table',
    async (page, { pair }) => {
      await open(page, ...KEYS);
      await page.getByRole('link', { name: pair }).waitFor();
    },
    'keys',
  ),
  stop('the help panel', async (page) => {
    // On a phone the design system puts it in the place of the page, whose heading is hidden meanwhile.
    if (page.viewportSize().width < 700) return;
    await button(page, 'Info Customer managed keys').click();
    await page.getByRole('heading', { level: 2, name: 'Customer managed keys' }).waitFor();
  }),
  stop('the dialog of tags', async (page, { pair }) => {
    const close = button(page, 'Close help panel');
    if (await close.isVisible()) await close.click();
    await page.getByRole('row').filter({ hasText: pair }).getByRole('checkbox').check();
    await keyAction(page, 'Add or edit tags');
    await dialog(page, 'Add or edit tags').getByRole('button', { name: 'Add new tag' }).click();
  }),
  stop('the choice of administrators and users', async (page) => {
    await dialog(page, 'Add or edit tags').getByRole('button', { name: 'Cancel' }).click();
    await button(page, 'Create key').first().click();
    await button(page, 'Next').click();
    await page.getByRole('textbox', { name: 'Alias', exact: true }).fill('left');
    await button(page, 'Next').click();
    await part(page, 'Key administrators - optional').getByRole('checkbox', { name: 'Select Alice' }).check();
    await button(page, 'Next').click();
    await part(page, 'Key users - optional').getByRole('button', { name: 'Add user' }).click();
  }),
  stop('the question before a wizard is left', async (page) => {
    await button(page, 'Cancel').click();
    await dialog(page, 'Leave this page?').waitFor();
  }),
  stop(
    'the journal',
    async (page) => {
      await button(page, 'Leave').click();
      await page.getByRole('heading', { level: 1, name: /Customer managed keys/ }).waitFor();
      await open(page, '#/journal', /Journal of changes/);
    },
    'journal',
  ),
  stop('a page that was refused', async (page) => {
    await open(page, '#/keys/no-such-key', 'no-such-key');
    await refusal(page, 'NotFoundException').waitFor();
  }),
];

const sources = ['Upload', 'Paste', 'Generate'].map((source) => stop(`the import by ${source}`, (page) => pick(source)(page)));

export const TIME = [
  stop('the advanced options', async (page, made) => {
    await open(page, ...KEYS);
    await button(page, 'Create key').first().click();
    await page.getByRole('heading', { level: 1, name: 'Configure key' }).waitFor();
    await pick('Multi-Region key')(page);
    await page.getByLabel('Rotate automatically').check();
    made.goOn = async () => {
      await button(page, 'Next').click();
      await page.getByRole('textbox', { name: 'Alias', exact: true }).fill('time');
      for (let step = 0; step < 4; step += 1) await button(page, 'Next').click();
      await button(page, 'Finish').click();
      await flash(page, 'with the alias alias/time').waitFor();
    };
  }),
  stop('the tab Key rotation', async (page, { goOn }) => {
    await goOn();
    await openTab(page, 'Key rotation');
    await button(page, 'Rotate now').click();
    await flash(page, 'The key is rotated.').waitFor();
  }),
  stop('the tab Regionality', (page) => openTab(page, 'Regionality')),
  stop('the dialog of a replica', async (page) => {
    await button(page, 'Create replica key').click();
    await dialog(page, 'Create replica key').waitFor();
  }),
  stop(
    'the first step of an import',
    async (page) => {
      await page.keyboard.press('Escape');
      await open(page, ...KEYS);
      await submitKey(page, { alias: 'imported', choose: pickExternal() });
      await page.getByRole('heading', { level: 1, name: 'Choose how to wrap' }).waitFor();
    },
    'import',
  ),
  stop('the second step of an import', (page) => button(page, 'Next').click()),
  ...sources,
  stop('the settings of an import', async (page) => {
    await button(page, 'Generate key material').click();
    await part(page, 'Key material').waitFor();
    await button(page, 'Next').click();
    await pick('Key material expires')(page);
  }),
  stop('the tab Key material', async (page) => {
    await button(page, 'Next').click();
    await button(page, 'Import key material').last().click();
    await flash(page, 'The key material is imported.').waitFor();
    await page.getByText('Does not expire').or(page.getByText('(in 29 days')).first().waitFor();
  }),
  stop(
    'the clock',
    async (page) => {
      await open(page, '#/clock', 'World clock');
      await button(page, /^Go there/).first().waitFor();
    },
    'clock',
  ),
  stop(
    'the quotas',
    async (page) => {
      await open(page, '#/quotas', 'Quotas');
      await page.getByText('of 100000').waitFor();
    },
    'quotas',
  ),
  stop(
    'the faults',
    async (page) => {
      await open(page, '#/faults', 'Faults');
      await button(page, 'Add fault').click();
      await flash(page, 'is added').waitFor();
    },
    'faults',
  ),
];
