// Steps of the tests of authorization: asking why, reading the picture of a decision, being somebody else.
import { caller, createKey, editPolicy, part, refusal, textOf } from './steps.mjs';

export const ALICE = 'arn:aws:iam::111122223333:user/Alice';

/** Asks why, and gives the dialog that tells. */
export async function why(within, operation) {
  await within.getByRole('button', { name: new RegExp(`^Why\\? ${operation}`) }).first().click();
  const dialog = within.page().getByRole('dialog', { name: new RegExp(`^Why ${operation} was`) });
  await dialog.getByRole('list', { name: 'Layers of the decision, in order' }).first().waitFor();
  return dialog;
}

/** The same for a part of a page that is the page itself. */
export const whyOnPage = (page, operation) => why(page.locator('body'), operation);

/** A layer of a picture. */
export const layer = (dialog, name) =>
  dialog.getByRole('list', { name: 'Layers of the decision, in order' }).getByRole('listitem').filter({ hasText: new RegExp(`^${name}`) }).first();

/** Opens a layer, unless it is open already. */
export async function openLayer(dialog, name) {
  const button = layer(dialog, name).getByRole('button', { name: new RegExp(`^${name}`) });
  if ((await button.getAttribute('aria-expanded')) === 'false') await button.click();
  return layer(dialog, name);
}

export async function closeDialog(dialog) {
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  await dialog.waitFor({ state: 'detached' });
}

/** Replaces the key policy by this one, on the page of a key. */
export async function putPolicy(page, statements) {
  const editor = await editPolicy(page);
  const policy = JSON.parse(await textOf(editor));
  await editor.fill(JSON.stringify({ ...policy, Statement: statements(policy.Statement) }));
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('The key policy is changed.').first().waitFor();
}

/** Opens the dialog that makes one somebody else. */
export async function actAs(page, principal, choose = () => Promise.resolve()) {
  await page.getByRole('banner').getByRole('button', { name: /Caller/ }).click();
  await page.getByRole('menuitem', { name: 'Act as somebody else' }).click();
  const dialog = page.getByRole('dialog', { name: 'Act as somebody else' });
  await dialog.getByRole('combobox', { name: 'Principal' }).fill(principal);
  // What is suggested lies over the next field until it is left.
  await dialog.getByRole('combobox', { name: 'Principal' }).blur();
  await choose(dialog);
  await dialog.getByRole('button', { name: 'Act', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Asks for an encryption, on the page of a key that may refuse it; gives the part of the page that tells how it went. */
export async function triesToEncrypt(page) {
  await page.getByRole('tab', { name: 'Encrypt and decrypt' }).click();
  const form = page.getByRole('region', { name: 'Encrypt', exact: true });
  await form.getByRole('textbox', { name: 'Plaintext', exact: true }).fill('text');
  await form.getByRole('button', { name: 'Encrypt', exact: true }).click();
  return form;
}

/** A statement that denies Alice to encrypt. */
export const DENY = { Sid: 'NotAlice', Effect: 'Deny', Principal: { AWS: ALICE }, Action: 'kms:Encrypt', Resource: '*' };

/** Alice tries to encrypt under a new key whose policy denies it, and is refused. */
export async function deniedToEncrypt(page, alias) {
  await createKey(page, { alias });
  await putPolicy(page, (statements) => [...statements, DENY]);
  await caller(page, /User Alice/);
  await triesToEncrypt(page);
  await refusal(part(page, 'Encrypt'), 'AccessDeniedException').waitFor();
}
