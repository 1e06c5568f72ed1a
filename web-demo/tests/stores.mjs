// Steps of the tests of custom key stores: key managers, clusters, and the stores on them.
import { choose, flash, part, rows, visitPage } from './steps.mjs';

export const ENDPOINT = 'https://xks.example.com';

/** Creates an external key manager with a first key; gives what its configuration file has. */
export async function createManager(page, key = 'first-key') {
  await visitPage(page, 'External key managers');
  await page.getByRole('button', { name: 'Create key manager' }).click();
  const creating = page.getByRole('dialog', { name: 'Create key manager' });
  await creating.getByRole('textbox', { name: 'ID of a first key - optional' }).fill(key);
  await creating.getByRole('button', { name: 'Create key manager' }).click();
  await page.getByRole('heading', { level: 1, name: ENDPOINT }).waitFor();
  await page.getByRole('button', { name: 'Make configuration file' }).click();
  const made = page.getByRole('dialog', { name: 'Proxy configuration file' });
  await made.getByRole('button', { name: 'Make configuration file' }).click();
  const file = await made.getByRole('region', { name: 'Proxy configuration file' }).innerText();
  await made.getByRole('button', { name: 'Close', exact: true }).last().click();
  await made.waitFor({ state: 'detached' });
  return file;
}

/** Fills the form of an external key store from a configuration file, and sends it. */
export async function submitExternalStore(page, name, file) {
  await visitPage(page, 'External key stores');
  await page.getByRole('button', { name: 'Create external key store' }).click();
  await page.getByRole('textbox', { name: 'Custom key store name' }).fill(name);
  await page.getByRole('textbox', { name: 'Proxy URI endpoint' }).fill(ENDPOINT);
  await page.locator('input[type=file]').setInputFiles({ name: 'proxy.json', mimeType: 'application/json', buffer: Buffer.from(file) });
  const { AccessKeyId } = JSON.parse(file).XksProxyAuthenticationCredential;
  const id = page.getByRole('textbox', { name: 'Proxy credential: Access key ID' });
  await page.waitForFunction(([field, value]) => field?.value === value, [await id.elementHandle(), AccessKeyId]);
  await page.getByRole('button', { name: 'Create external key store' }).click();
}

/** Creates an external key store from a configuration file, and stays on its page. */
export async function createExternalStore(page, name, file) {
  await submitExternalStore(page, name, file);
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

/** Chooses in the menu of a key store. */
export async function storeAction(page, name) {
  await page.getByRole('button', { name: 'Key store actions' }).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}

export const state = (page, name) => part(page, 'General configuration').getByText(name, { exact: true });

export async function connect(page) {
  await storeAction(page, 'Connect');
  await state(page, 'Connected').waitFor();
}

export async function disconnect(page) {
  await storeAction(page, 'Disconnect');
  await page.getByRole('dialog', { name: 'Disconnect the key store?' }).getByRole('button', { name: 'Disconnect' }).click();
  await state(page, 'Disconnected').waitFor();
}

/** Creates a key in the store whose page is open, and stays on the key's page. */
export async function createKeyInStore(page, alias, externalKey) {
  await page.getByRole('button', { name: 'Create a KMS key in this key store' }).click();
  const next = page.getByRole('button', { name: 'Next', exact: true });
  await page.getByRole('heading', { level: 1, name: 'Configure key' }).waitFor();
  if (externalKey !== undefined) {
    await page.getByRole('radio', { name: /^External key store/ }).and(page.locator(':checked')).waitFor();
    await page.getByRole('textbox', { name: 'External key ID' }).fill(externalKey);
    await page.getByRole('checkbox', { name: /^I understand/ }).check();
  } else {
    await page.getByRole('radio', { name: /^AWS CloudHSM key store/ }).and(page.locator(':checked')).waitFor();
  }
  await next.click();
  await page.getByRole('textbox', { name: 'Alias', exact: true }).fill(alias);
  for (const heading of ['Define key administrative permissions', 'Define key usage permissions', 'Edit key policy', 'Review']) {
    await next.click();
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  }
  await page.getByRole('button', { name: 'Finish' }).click();
  await flash(page, `with the alias alias/${alias}`).waitFor();
}

/** Does something to the key of a key manager. */
export async function onExternalKey(page, id, act) {
  await page.getByRole('radio', { name: `Select external key ${id}` }).check();
  await page.getByRole('button', { name: 'Key manager actions' }).click();
  await page.getByRole('menuitem', { name: act, exact: true }).click();
}

/** Gives a proxy a fault. */
export async function addProxyFault(page, name, operation) {
  await page.getByRole('button', { name: 'Add proxy fault' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add proxy fault' });
  await choose(dialog, 'Fault', new RegExp(`^${name}`));
  if (operation) await choose(dialog, 'Proxy operation', operation);
  await dialog.getByRole('button', { name: 'Add proxy fault' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** How a watched key does. */
export const watched = (page, alias) => rows(page, 'KMS keys that stand on it').filter({ hasText: alias });

export const CLUSTER = 'cluster-2ab3cdefghi';

/** Creates a cluster whose kmsuser has this password, and stays on its page. */
export async function createCluster(page, password) {
  await visitPage(page, 'CloudHSM clusters');
  await page.getByRole('button', { name: 'Create cluster' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create cluster' });
  await dialog.getByRole('textbox', { name: 'Cluster ID' }).fill(CLUSTER);
  await dialog.getByLabel('kmsuser password - optional', { exact: true }).fill(password);
  await dialog.getByRole('button', { name: 'Create cluster' }).click();
  await page.getByRole('heading', { level: 1, name: CLUSTER }).waitFor();
}

/** Creates an AWS CloudHSM key store on the cluster, and stays on its page. */
export async function createClusterStore(page, name, password) {
  await visitPage(page, 'AWS CloudHSM key stores');
  await page.getByRole('button', { name: 'Create key store' }).click();
  await page.getByRole('textbox', { name: 'Custom key store name' }).fill(name);
  await page.getByRole('combobox', { name: 'Cluster ID' }).fill(CLUSTER);
  await page.getByRole('combobox', { name: 'Cluster ID' }).blur();
  await page.getByRole('textbox', { name: 'Certificate in PEM' }).fill('-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----');
  await page.getByLabel('kmsuser password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Create key store' }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}
