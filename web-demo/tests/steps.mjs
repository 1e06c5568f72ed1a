// What a person does in the playground, step by step, by the names that a screen reader would say.

import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';

export const keysTable = (page) => page.getByRole('grid', { name: 'Customer managed keys' });

export const rowOf = (page, text) => keysTable(page).getByRole('row').filter({ hasText: text });

export const flash = (page, text) => page.getByRole('region', { name: 'Notifications' }).getByText(text).first();

/** What was refused beside it: in a part of the page, in a dialog, or where a page would be. */
export const refusal = (within, text) => within.getByRole('alert').getByText(text).first();

/** Nothing of it is there any more: what goes away may do so after what comes has come. */
export const gone = (locator) => locator.first().waitFor({ state: 'detached' });

/** How many milliseconds a test waits for anything. Machines that build something else meanwhile are slow. */
export const PATIENCE = Number(process.env.PATIENCE ?? 60_000);

/**
 * Waits until what is read is as it should be, and otherwise tells what it was. A text may be wanted by a pattern. What
 * an action leads to is read in this way: whoever reads it once may read it too early.
 */
export async function becomes(read, wanted) {
  const end = Date.now() + PATIENCE;
  const is = (found) => (wanted instanceof RegExp ? wanted.test(found) : isDeepStrictEqual(found, wanted));
  let found = await read();
  while (!is(found) && Date.now() < end) {
    await new Promise((passed) => setTimeout(passed, 50));
    found = await read();
  }
  if (wanted instanceof RegExp) assert.match(found, wanted);
  else assert.deepEqual(found, wanted);
}

/** Leaves a dialog by the key for it, which the dialog hears once it has the focus. */
export async function escape(page, dialog) {
  await becomes(() => dialog.evaluate((node) => node.contains(document.activeElement)), true);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
}

/** A part of the page by its heading, such as `Encrypt`. */
export const part = (page, name) => page.getByRole('region', { name, exact: true });

/** Goes through the wizard as far as the key policy. `choose` acts on its first step, `administer` on its third, `permit` on its fourth. */
export async function toPolicy(page, { alias, description = '', choose, administer, permit }) {
  await page.getByRole('button', { name: 'Create key' }).first().click();
  const next = page.getByRole('button', { name: 'Next', exact: true });
  await page.getByRole('heading', { name: 'Configure key' }).first().waitFor();
  await choose?.(page);
  await next.click();
  await page.getByRole('textbox', { name: 'Alias', exact: true }).fill(alias);
  await page.getByRole('textbox', { name: 'Description - optional' }).fill(description);
  await next.click();
  await page.getByRole('heading', { level: 1, name: 'Define key administrative permissions' }).waitFor();
  await administer?.(page);
  await next.click();
  await page.getByRole('heading', { level: 1, name: 'Define key usage permissions' }).waitFor();
  await permit?.(page);
  await next.click();
  await policyEditor(page).waitFor();
}

/** Goes through the whole wizard. */
export async function submitKey(page, wish) {
  await toPolicy(page, wish);
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('button', { name: 'Finish' }).click();
}

/** Creates a key and stays on its page; gives its id. */
export async function createKey(page, wish) {
  await submitKey(page, wish);
  await flash(page, `with the alias alias/${wish.alias}`).waitFor();
  return page.getByRole('heading', { level: 1 }).innerText();
}

/** Picks radio buttons by the beginning of their names. */
export const pick = (...names) => async (page) => {
  for (const name of names) await page.getByRole('radio', { name: new RegExp(`^${name}`) }).check();
};

/** The origin External, with what has to be understood of it. */
export const pickExternal = (...names) => async (page) => {
  await pick(...names, 'External \\(Import')(page);
  await page.getByRole('checkbox', { name: /keep a copy of the key material/ }).check();
};

export async function keyAction(page, name) {
  await page.getByRole('button', { name: 'Key actions' }).click();
  await page.getByRole('menuitem', { name }).click();
}

export async function scheduleDeletion(page, days) {
  await keyAction(page, 'Schedule key deletion');
  const dialog = page.getByRole('dialog', { name: /Schedule the deletion/ });
  await dialog.getByLabel('Waiting period (in days)').fill(String(days));
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('button', { name: 'Schedule deletion' }).click();
  await flash(page, 'is scheduled').waitFor();
}

/** Follows a link of the navigation at the side. */
export async function visitPage(page, name) {
  await page.getByRole('navigation', { name: 'Navigation' }).getByRole('link', { name, exact: true }).click();
}

export async function openTab(page, name) {
  await page.getByRole('tab', { name }).click();
}

/** Opens a menu of the bar at the top. */
export async function openMenu(page, name) {
  await page.getByRole('banner').getByRole('button', { name }).click();
}

/** Chooses a caller of the first account. */
export async function caller(page, name) {
  await openMenu(page, /Caller/);
  await page.getByRole('menuitemcheckbox', { name }).first().click();
}

/** Asks for an alias on the tab of aliases. */
export async function createAlias(page, name) {
  await page.getByRole('button', { name: 'Create alias' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create alias' });
  await dialog.getByRole('textbox', { name: 'Alias name' }).fill(name);
  await dialog.getByRole('button', { name: 'Create alias' }).click();
}

/** Chooses in a list that unfolds. What comes onto the page meanwhile folds it again: then a person unfolds it once more. */
export async function choose(within, label, option) {
  const field = within.getByRole('button', { name: new RegExp(`^${label}`) });
  const wanted = field.page().getByRole('option', { name: option });
  await field.click();
  await wanted.click({ timeout: PATIENCE / 4 }).catch(async () => {
    if ((await field.getAttribute('aria-expanded')) !== 'true') await field.click();
    await wanted.click();
  });
}

/** Chooses several in a list that unfolds and stays open. */
export async function chooseSeveral(within, label, options) {
  const field = within.getByRole('button', { name: new RegExp(`^${label}`) });
  await field.click();
  for (const option of options) await field.page().getByRole('option', { name: option }).click();
  await field.page().keyboard.press('Escape');
}

/** Encrypts a text on the page of a key; gives the ciphertext in base64. */
export async function encrypt(page, text) {
  await openTab(page, 'Encrypt and decrypt');
  const form = part(page, 'Encrypt');
  await form.getByRole('textbox', { name: 'Plaintext', exact: true }).fill(text);
  await form.getByRole('button', { name: 'Encrypt', exact: true }).click();
  return form.getByRole('region', { name: 'Ciphertext' }).innerText();
}

/** Asks for a ciphertext to be decrypted; gives the part of the page that tells how it went. */
export async function decrypt(page, ciphertext) {
  await openTab(page, 'Encrypt and decrypt');
  const form = part(page, 'Decrypt');
  await form.getByRole('textbox', { name: 'Ciphertext', exact: true }).fill(ciphertext);
  await form.getByRole('button', { name: 'Decrypt', exact: true }).click();
  return form;
}

/** Decrypts a ciphertext to a text. */
export async function decrypts(page, ciphertext, text) {
  await (await decrypt(page, ciphertext)).getByRole('region', { name: 'Plaintext' }).getByText(text).waitFor();
}

/** Opens a page by its address, on which its heading then has the focus. */
export async function visitKey(page, id, tab = '') {
  await page.evaluate((address) => (location.hash = address), `#/keys/${id}${tab && `/${tab}`}`);
  await page.getByRole('heading', { level: 1, name: id }).waitFor();
}

/** Chooses a Region in the bar. */
export async function region(page, name) {
  await openMenu(page, /Region/);
  await page.getByRole('menuitemcheckbox', { name }).click();
}

export const table = (page, name) => page.getByRole('table', { name });

/** The rows of a table behind its header. */
export const rows = (page, name) => table(page, name).locator('tbody').getByRole('row');

/** Sets the clock to the first instant on the time line. */
export async function goToNext(page) {
  await visitPage(page, 'World clock');
  await rows(page, 'What falls due').first().getByRole('button', { name: /^Go there/ }).click();
  await flash(page, 'The clock is set.').waitFor();
}

/** The part of the page that asks for a fault. */
export const adding = (page) => part(page, 'Add fault');

/** The active faults of this name. */
export const fault = (page, text) => rows(page, 'Active faults').filter({ hasText: text });

/** Makes one call of these operations meet a fault. */
export async function addFault(page, name, operations) {
  await visitPage(page, 'Faults');
  await choose(adding(page), 'Fault', new RegExp(`^${name}`));
  await chooseSeveral(adding(page), 'Operations', operations);
  await adding(page).getByRole('button', { name: 'Add fault' }).click();
  await flash(page, `The fault ${name} is added.`).waitFor();
}

/** The text in an editor of policies, which shows it line by line, and only the lines around those that can be seen. */
export async function textOf(editor) {
  const page = editor.page();
  const { width, height } = page.viewportSize();
  await page.setViewportSize({ width, height: 4000 });
  await editor.locator('.cm-gap').first().waitFor({ state: 'detached' });
  const text = await editor.evaluate((node) => [...node.querySelectorAll('.cm-line')].map((line) => line.textContent).join('\n'));
  await page.setViewportSize({ width, height });
  return text;
}

/** The editor of a key policy, once it has come: before, the policy can only be read. */
export const policyEditor = (within) => within.locator('.cm-content').and(within.getByRole('textbox', { name: 'Key policy as JSON' }));

/** Opens the editor of the key policy on the page of a key, in the policy view. */
export async function editPolicy(page) {
  await openTab(page, 'Key policy');
  const [edit, toPolicy] = ['Edit', 'Switch to policy view'].map((name) => page.getByRole('button', { name, exact: true }));
  await edit.or(toPolicy).first().waitFor();
  if (await toPolicy.isVisible()) await toPolicy.click();
  await edit.click();
  const editor = policyEditor(page);
  await editor.and(page.locator('[contenteditable=true]')).waitFor();
  return editor;
}

/** Begins an empty world from a seed, on the page that opens another one. */
export async function beginEmpty(page, seed) {
  await visitPage(page, 'Open another world');
  const form = part(page, 'An empty world');
  await form.getByRole('checkbox').check();
  await form.getByLabel('Seed', { exact: true }).fill(seed);
  await form.getByRole('button', { name: 'Begin an empty world' }).click();
  await page.getByRole('dialog', { name: 'Begin an empty world?' }).getByRole('button', { name: 'Begin an empty world' }).click();
  await flash(page, 'An empty world has begun.').waitFor();
}
