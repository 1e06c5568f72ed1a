// Grants in the playground: created with the fields of the console, used, retired and revoked.
import assert from 'node:assert/strict';
import { ALICE, actAs, closeDialog, openLayer, putPolicy, why } from './access.mjs';
import { inPlayground } from './browser.mjs';
import { chooseSeveral, createKey, encrypt, flash, openTab, part, refusal, rows } from './steps.mjs';

const BOB = 'arn:aws:iam::444455556666:user/Bob';

const grants = (page, text) => rows(page, 'Grants').filter({ hasText: text });

/** Asks for a grant, and leaves its token on the page; gives the token. */
async function createGrant(page, { name, grantee, retiring, operations, choose = () => Promise.resolve() }) {
  await openTab(page, 'Grants');
  await page.getByRole('button', { name: 'Create grant' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create grant' });
  await dialog.getByRole('textbox', { name: 'Name - optional' }).fill(name);
  await dialog.getByRole('combobox', { name: 'Grantee principal' }).fill(grantee);
  if (retiring) await dialog.getByRole('combobox', { name: /^Retiring principal/ }).fill(retiring);
  // What is suggested lies over the next field until it is left.
  await dialog.getByRole('textbox', { name: 'Name - optional' }).focus();
  await chooseSeveral(dialog, 'Operations', operations);
  await choose(dialog);
  await dialog.getByRole('button', { name: 'Create grant' }).click();
  const made = page.getByRole('dialog', { name: 'Grant token' });
  const token = await made.getByRole('region', { name: 'Grant token' }).innerText();
  return { made, token };
}

async function close(made) {
  await made.getByRole('button', { name: 'Close', exact: true }).last().click();
  await made.waitFor({ state: 'detached' });
}

inPlayground('a grant is created, lets its grantee in from another account, and is revoked', async (page) => {
  const id = await createKey(page, { alias: 'shared' });
  const { made, token } = await createGrant(page, { name: 'to-bob', grantee: BOB, retiring: ALICE, operations: [/^Encrypt$/, /^DescribeKey$/] });
  assert.ok(token.length > 20, token);
  await close(made);
  const row = grants(page, 'to-bob');
  for (const text of [BOB, ALICE, 'Encrypt, DescribeKey']) await row.getByText(text).waitFor();

  await page.getByRole('checkbox', { name: 'Select grant to-bob' }).check();
  await page.getByRole('button', { name: 'Revoke', exact: true }).click();
  await flash(page, '1 grant revoked.').waitFor();
  await grants(page, 'The key has no grants.').or(page.getByText('The key has no grants.')).first().waitFor();
  assert.ok(id);
});

inPlayground('the picture of a decision tells the grant that applied, and those that did not', async (page) => {
  await createKey(page, { alias: 'granted' });
  const ROOT = 'arn:aws:iam::111122223333:root';
  await putPolicy(page, () => [{ Sid: 'Root', Effect: 'Allow', Principal: { AWS: ROOT }, NotAction: ['kms:Encrypt', 'kms:Decrypt'], Resource: '*' }]);
  await close((await createGrant(page, { name: 'to-alice', grantee: ALICE, operations: [/^Encrypt$/] })).made);
  await close((await createGrant(page, { name: 'to-bob', grantee: BOB, operations: [/^Encrypt$/] })).made);
  await actAs(page, ALICE);
  await encrypt(page, 'by grant');
  const dialog = await why(part(page, 'Encrypt'), 'Encrypt');
  const layer = await openLayer(dialog, 'Grants');
  await layer.getByText('Decides').first().waitFor();
  await layer.getByText('Applied, it names the caller').waitFor();
  await layer.getByText('It is for another grantee').waitFor();
  await closeDialog(dialog);
});

inPlayground('an encryption context constrains a grant', async (page) => {
  await createKey(page, { alias: 'constrained' });
  const { made } = await createGrant(page, {
    name: 'blue',
    grantee: ALICE,
    operations: [/^Encrypt$/],
    async choose(dialog) {
      await dialog.getByRole('radio', { name: /^Encryption context subset/ }).check();
      await dialog.getByRole('button', { name: 'Add pair' }).click();
      await dialog.getByRole('textbox', { name: 'Key', exact: true }).fill('team');
      await dialog.getByRole('textbox', { name: 'Value', exact: true }).fill('blue');
    },
  });
  await close(made);
  await grants(page, 'blue').getByText('EncryptionContextSubset {"team":"blue"}').waitFor();
});

inPlayground('the holder of a token retires the grant, and the calls of the page can send it', async (page) => {
  await createKey(page, { alias: 'token' });
  const { made, token } = await createGrant(page, { name: 'passing', grantee: ALICE, retiring: ALICE, operations: [/^Encrypt$/] });
  await made.getByRole('button', { name: 'Send it with the calls of this page' }).click();
  await page.getByRole('banner').getByRole('button', { name: /Caller/ }).click();
  await page.getByText('1 grant token sent').filter({ visible: true }).waitFor();
  await page.keyboard.press('Escape');
  await actAs(page, ALICE);
  await openTab(page, 'Grants');
  await page.getByRole('button', { name: 'Retire by token' }).click();
  const dialog = page.getByRole('dialog', { name: 'Retire by token' });
  await dialog.getByRole('textbox', { name: 'Grant token' }).fill(token);
  await dialog.getByRole('button', { name: 'Retire', exact: true }).click();
  await flash(page, '1 grant retired.').waitFor();
  await page.getByText('The key has no grants.').waitFor();
});

inPlayground('a grant that cannot be is refused in its dialog, in the words of AWS', async (page) => {
  await createKey(page, { alias: 'refused' });
  await openTab(page, 'Grants');
  await page.getByRole('button', { name: 'Create grant' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create grant' });
  await dialog.getByRole('combobox', { name: 'Grantee principal' }).fill('arn:aws:iam::111122223333:group/dev');
  await dialog.getByRole('textbox', { name: 'Name - optional' }).focus();
  await chooseSeveral(dialog, 'Operations', [/^Encrypt$/]);
  await dialog.getByRole('button', { name: 'Create grant' }).click();
  await refusal(dialog, 'InvalidArnException').waitFor();
});
