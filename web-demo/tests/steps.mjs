// What a person does in the playground, step by step, by the names that a screen reader would say.

export const keysTable = (page) => page.getByRole('grid', { name: 'Customer managed keys' });

export const rowOf = (page, text) => keysTable(page).getByRole('row').filter({ hasText: text });

export const flash = (page, text) => page.getByRole('region', { name: 'Notifications' }).getByText(text).first();

/** What was refused beside it: in a part of the page, in a dialog, or where a page would be. */
export const refusal = (within, text) => within.getByRole('alert').getByText(text).first();

/** A part of the page by its heading, such as `Encrypt`. */
export const part = (page, name) => page.getByRole('region', { name, exact: true });

/** Goes through the wizard as far as the key policy. `choose` acts on its first step, `permit` on its third. */
export async function toPolicy(page, { alias, description = '', choose, permit }) {
  await page.getByRole('button', { name: 'Create key' }).first().click();
  const next = page.getByRole('button', { name: 'Next', exact: true });
  await page.getByRole('heading', { name: 'Configure key' }).first().waitFor();
  await choose?.(page);
  await next.click();
  await page.getByRole('textbox', { name: 'Alias', exact: true }).fill(alias);
  await page.getByRole('textbox', { name: 'Description - optional' }).fill(description);
  await next.click();
  await page.getByRole('heading', { name: 'Key administrators - optional' }).waitFor();
  await permit?.(page);
  await next.click();
  await page.getByRole('textbox', { name: 'Key policy as JSON' }).waitFor();
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
