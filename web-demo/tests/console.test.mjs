// What the console of AWS has around its tables and wizards: help on each part, filters, preferences, people to choose from.
import assert from 'node:assert/strict';
import { inPlayground } from './browser.mjs';
import { becomes, createKey, escape, gone, keyAction, keysTable, part, pick, pickExternal, policyEditor, rowOf, textOf, toPolicy, visitPage } from './steps.mjs';

const help = (page) => page.getByRole('complementary', { name: 'Help panel' });
const topic = (page) => help(page).getByRole('heading', { level: 2 });

/** Waits until something has the focus. */
async function focused(page, locator) {
  const node = await locator.elementHandle();
  await page.waitForFunction((node) => node === document.activeElement, node);
}

inPlayground('an Info link opens the help panel on its topic, and has the focus again when the panel is closed', async (page) => {
  const info = page.getByRole('button', { name: 'Info Customer managed keys' });
  await info.press('Enter');
  await topic(page).getByText('Customer managed keys').waitFor();
  const close = help(page).getByRole('button', { name: 'Close help panel' });
  await focused(page, close);
  await help(page).getByRole('link').first().waitFor();
  const links = await help(page).getByRole('link').evaluateAll((nodes) => nodes.map(({ href }) => href));
  assert.ok(links.length > 0 && links.every((href) => href.startsWith('https://docs.aws.amazon.com/')), links.join(' '));
  await close.press('Enter');
  await focused(page, info);

  await page.getByRole('button', { name: 'Create key' }).first().click();
  await page.getByRole('button', { name: 'Info Key usage' }).click();
  await topic(page).getByText('Key usage').waitFor();
  await page.getByRole('button', { name: 'Info Regionality' }).click();
  await topic(page).getByText('Regionality').waitFor();
  await help(page).getByRole('button', { name: 'About this playground' }).click();
  await topic(page).getByText('About this playground').waitFor();
});

inPlayground('the help panel follows the page', async (page) => {
  await page.getByRole('button', { name: 'Open help panel' }).click();
  await topic(page).getByText('Customer managed keys').waitFor();
  for (const name of ['AWS managed keys', 'Event history', 'Quotas']) {
    await visitPage(page, name);
    await topic(page).getByText(name, { exact: true }).waitFor();
  }
});

const choose = (within, name) => within.getByRole('checkbox', { name: `Select ${name}` }).check();

inPlayground('administrators and users are chosen from a table with a search, and others by their ARNs', async (page) => {
  const BOB = 'arn:aws:iam::111122223333:user/team/Bob';
  await toPolicy(page, {
    alias: 'people',
    async administer(page) {
      const administrators = part(page, 'Key administrators - optional');
      const table = (part) => part.getByRole('table').getByRole('row');
      await administrators.getByRole('searchbox').fill('aud');
      await table(administrators).filter({ hasText: 'Auditor' }).getByText('Role').waitFor();
      await gone(table(administrators).filter({ hasText: 'Alice' }));
      await choose(administrators, 'Auditor');
      // Who is chosen stays chosen when the search shows somebody else.
      await administrators.getByRole('searchbox').fill('alice');
      await choose(administrators, 'Alice');
      await administrators.getByRole('searchbox').fill('nobody');
      await administrators.getByText('No user or role matches the search.').waitFor();
    },
    async permit(page) {
      const users = part(page, 'Key users - optional');
      await choose(users, 'Alice');
      await users.getByRole('button', { name: 'Add user' }).click();
      await users.getByRole('textbox', { name: /ARN/ }).fill(BOB);
      await page.getByRole('button', { name: 'Previous', exact: true }).click();
      const administrators = part(page, 'Key administrators - optional');
      await becomes(() => administrators.getByRole('checkbox', { name: 'Select Auditor' }).isChecked(), true);
      await page.getByRole('button', { name: 'Next', exact: true }).click();
      await becomes(() => users.getByRole('textbox', { name: /ARN/ }).inputValue(), BOB);
    },
  });
  const { Statement } = JSON.parse(await textOf(policyEditor(page)));
  const named = (sid) => Statement.find(({ Sid }) => Sid === sid).Principal.AWS;
  const alice = 'arn:aws:iam::111122223333:user/Alice';
  assert.deepEqual(named('Allow access for Key Administrators'), ['arn:aws:iam::111122223333:role/Auditor', alice]);
  assert.deepEqual(named('Allow use of the key'), [alice, BOB]);
});

const columnValues = (page, name) =>
  keysTable(page).evaluate((table, name) => {
    const headers = [...table.querySelectorAll('thead th')].map((cell) => cell.textContent.trim());
    const at = headers.findIndex((text) => text.startsWith(name));
    return at < 0 ? null : [...table.querySelectorAll('tbody tr')].map((row) => row.children[at].textContent.trim());
  }, name);

const filter = (page) => page.getByRole('combobox', { name: /Find keys/ });
const option = (page, name) => page.getByRole('option', { name, exact: true });

/** Types a property and one of its values, as soon as the filter offers both. */
async function filterBy(page, property, value) {
  await filter(page).click();
  await option(page, property).waitFor();
  await filter(page).fill(`${property} = ${value}`);
  await option(page, `${property} = ${value}`).waitFor();
  await filter(page).press('Enter');
}

inPlayground('keys are found by tag, with key and value, and by regionality where there are such keys', async (page) => {
  await createKey(page, { alias: 'plain' });
  await visitPage(page, 'Customer managed keys');
  // What there is to choose follows from what is known of the keys.
  await rowOf(page, 'plain').getByText('Enabled').waitFor();
  await filter(page).click();
  await option(page, 'Status').waitFor();
  for (const name of ['Regionality', 'Key type', 'Origin', 'Custom key store ID', 'Tag: Department']) await gone(option(page, name));
  await page.keyboard.press('Escape');

  await rowOf(page, 'plain').getByRole('checkbox').check();
  await keyAction(page, 'Add or edit tags');
  const dialog = page.getByRole('dialog', { name: 'Add or edit tags' });
  await dialog.getByRole('button', { name: 'Add new tag' }).click();
  await dialog.getByRole('combobox', { name: /Key/ }).fill('Department');
  await dialog.getByRole('combobox', { name: /Value/ }).fill('IT @ Berlin');
  await dialog.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('The tags are changed.').first().waitFor();

  await createKey(page, { alias: 'wide', choose: pick('Multi-Region key') });
  await visitPage(page, 'Customer managed keys');
  await createKey(page, { alias: 'pair', choose: pick('Asymmetric', 'Sign and verify', 'ECC_NIST_P256') });
  await visitPage(page, 'Customer managed keys');
  await filterBy(page, 'Tag: Department', 'IT @ Berlin');
  await page.getByText('1 match', { exact: true }).first().waitFor();
  await rowOf(page, 'plain').waitFor();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await filterBy(page, 'Regionality', 'Multi-Region primary');
  await page.getByText('1 match', { exact: true }).first().waitFor();
  await rowOf(page, 'wide').waitFor();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  // A text is looked for in aliases, key IDs, key types and the keys of tags, and nowhere else.
  for (const [text, alias] of [['ASYMM', 'pair'], ['depart', 'plain'], ['WID', 'wide']]) {
    await filter(page).fill(text);
    await filter(page).press('Enter');
    await page.getByText('1 match', { exact: true }).first().waitFor();
    await rowOf(page, alias).waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
  }
});

inPlayground('columns are chosen in the preferences, and a reload keeps them', async (page) => {
  await createKey(page, { alias: 'shown' });
  await visitPage(page, 'Customer managed keys');
  await rowOf(page, 'shown').getByText('Enabled').waitFor();
  assert.equal(await columnValues(page, 'Origin'), null);
  await page.getByRole('button', { name: 'Preferences' }).click();
  const dialog = page.getByRole('dialog', { name: 'Preferences' });
  for (const name of ['Origin', 'Regionality', 'Expiration date', 'Custom key store ID']) await dialog.getByRole('checkbox', { name, exact: true }).check();
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  const shown = async () => {
    await rowOf(page, 'shown').getByText('AWS KMS').waitFor();
    await becomes(() => columnValues(page, 'Regionality'), ['Single Region']);
    await becomes(() => columnValues(page, 'Expiration date'), ['-']);
    await becomes(() => columnValues(page, 'Custom key store ID'), ['-']);
  };
  await shown();
  await page.reload();
  await shown();
});

const asked = (page) => page.getByRole('dialog', { name: 'Leave this page?' });

inPlayground('a wizard that would lose what was typed asks before it is left, and one that is done does not', async (page) => {
  await page.getByRole('button', { name: 'Create key' }).first().click();
  const next = page.getByRole('button', { name: 'Next', exact: true });
  const alias = page.getByRole('textbox', { name: 'Alias', exact: true });
  await next.click();
  await alias.fill('typed');
  // By the browser's own way back, by a link, and by the button.
  const ways = [
    () => page.goBack(),
    () => page.getByRole('link', { name: 'Customer managed keys' }).first().click(),
    () => page.getByRole('button', { name: 'Cancel', exact: true }).click(),
  ];
  for (const leave of ways) {
    await leave();
    await asked(page).getByRole('button', { name: 'Cancel' }).click();
    await asked(page).waitFor({ state: 'detached' });
    await becomes(() => alias.inputValue(), 'typed');
    await becomes(() => page.url(), /#\/keys\/create$/);
  }
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await escape(page, asked(page));
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await asked(page).getByRole('button', { name: 'Leave' }).click();
  await page.getByRole('heading', { level: 1, name: 'Customer managed keys' }).waitFor();
  await createKey(page, { alias: 'done' });
  await visitPage(page, 'Customer managed keys');
  await rowOf(page, 'done').waitFor();
});

inPlayground('a key with imported material asks for what one has to know of it', async (page) => {
  await page.getByRole('button', { name: 'Create key' }).first().click();
  await pick('External \\(Import')(page);
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByText('Confirm that you understand what imported key material means.').waitFor();
  await pickExternal()(page);
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('textbox', { name: 'Alias', exact: true }).waitFor();
});

inPlayground('Esc closes what Key actions have opened, and the focus is on the menu again', async (page) => {
  await createKey(page, { alias: 'kept' });
  await visitPage(page, 'Customer managed keys');
  await rowOf(page, 'kept').getByRole('checkbox').check();
  const menu = page.getByRole('button', { name: 'Key actions' });
  for (const [action, title] of [['Schedule key deletion', /Schedule the deletion/], ['Add or edit tags', 'Add or edit tags']]) {
    await keyAction(page, action);
    await escape(page, page.getByRole('dialog', { name: title }));
    await focused(page, menu);
  }
  // Material that was not imported is not offered to be deleted, and tags are those of one key.
  await menu.click();
  await becomes(() => page.getByRole('menuitem', { name: 'Delete key material' }).getAttribute('aria-disabled'), 'true');
});

/** Makes many keys at once, from a template. */
async function makeKeys(page, count) {
  const resources = Array.from({ length: count }, (_, at) => {
    const name = String(at).padStart(4, '0');
    const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'kms:*', Resource: '*' }] };
    return [
      [`Key${name}`, { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: policy, ...(at === count - 1 ? { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' } : {}) } }],
      [`Alias${name}`, { Type: 'AWS::KMS::Alias', Properties: { AliasName: `alias/many-${name}`, TargetKeyId: { Ref: `Key${name}` } } }],
    ];
  });
  await page.evaluate(() => (location.hash = '#/policy-lab/templates'));
  const buffer = Buffer.from(JSON.stringify({ Resources: Object.fromEntries(resources.flat()) }));
  await page.locator('input[type=file]').setInputFiles({ name: 'many.json', mimeType: 'application/json', buffer });
  await page.getByRole('button', { name: 'Read templates' }).click();
  await page.getByRole('button', { name: 'Make it in this world' }).click();
  await page.getByText('The templates are in this world').first().waitFor();
}

/** How often this page has called an operation. */
async function hasAsked(page, operation, times) {
  await visitPage(page, 'Calls and decisions');
  await page.getByRole('searchbox').fill(operation);
  await becomes(() => page.getByText(/^\d+ match(es)?$/).first().innerText(), times === 1 ? '1 match' : `${times} matches`);
}

inPlayground('the table asks KMS for the keys that it shows, again only for those that have changed, and for all where it sorts by what they are', async (page) => {
  await makeKeys(page, 60);
  await visitPage(page, 'Customer managed keys');
  await page.getByText('(60)').waitFor();
  // It has asked for all of them once it shows all of them.
  await becomes(() => rowOf(page, 'many-').filter({ hasText: 'Enabled' }).count(), 10);
  await hasAsked(page, 'DescribeKey', 10);
  await visitPage(page, 'Customer managed keys');
  await rowOf(page, 'many-0003').getByRole('checkbox').check();
  await keyAction(page, 'Disable');
  await rowOf(page, 'many-0003').getByText('Disabled').waitFor();
  await hasAsked(page, 'DescribeKey', 11);
  await visitPage(page, 'Customer managed keys');
  await keysTable(page).getByRole('button', { name: 'Key spec' }).first().press('Enter');
  await rowOf(page, 'many-0059').getByText('HMAC_256').waitFor();
  await hasAsked(page, 'DescribeKey', 61);
  // What a person has done is remembered longer than what tables have asked.
  await hasAsked(page, 'DisableKey', 1);
});
