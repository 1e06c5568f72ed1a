// A key manager and a cluster, a key store on each, and everything that can be done there.
import { part, pick, rows } from '../steps.mjs';
import { CLUSTER, ENDPOINT } from '../stores.mjs';
import { button, dialog, open, stop } from './rows.mjs';

const FILE = 'Proxy configuration file';

async function storeAction(page, name) {
  await button(page, 'Key store actions').click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}

const EXTERNAL = [
  stop(
    'the key managers',
    async (page) => {
      await page.getByText('There are no keys').waitFor();
      await open(page, '#/key-managers', 'External key managers');
    },
    'key-managers',
  ),
  stop('the dialog of a key manager', async (page) => {
    await button(page, 'Create key manager').click();
    await dialog(page, 'Create key manager').waitFor();
  }),
  stop('the configuration file', async (page, made) => {
    await button(dialog(page, 'Create key manager'), 'Create key manager').click();
    await page.getByRole('heading', { level: 1, name: ENDPOINT }).waitFor();
    await button(page, 'Make configuration file').click();
    await button(dialog(page, FILE), 'Make configuration file').click();
    made.file = await dialog(page, FILE).getByRole('region', { name: FILE }).innerText();
  }),
  stop(
    'the form of an external key store',
    async (page) => {
      await button(dialog(page, FILE), 'Close').last().click();
      await open(page, '#/key-stores/external/create', 'Create external key store');
      await pick('VPC endpoint service')(page);
      await page.getByRole('checkbox', { name: 'Cross-account VPC endpoint service' }).check();
    },
    'create-store',
  ),
  stop(
    'a new external key store',
    async (page, made) => {
      await pick('Public endpoint')(page);
      await page.getByRole('textbox', { name: 'Custom key store name' }).fill('outside');
      await page.getByRole('textbox', { name: 'Proxy URI endpoint' }).fill(ENDPOINT);
      await page.locator('input[type=file]').setInputFiles({ name: 'proxy.json', mimeType: 'application/json', buffer: Buffer.from(made.file) });
      await page.getByText('proxy.json').waitFor();
      // On a phone, the way back has a button of this name, too.
      await button(page, 'Create external key store').last().click();
      await page.getByRole('heading', { level: 1, name: 'outside' }).waitFor();
      made.store = await page.evaluate(() => location.hash);
    },
    'key-store',
  ),
  stop('the dialog that edits a key store', async (page) => {
    await storeAction(page, 'Edit');
    await dialog(page, 'Edit outside').waitFor();
  }),
  stop('the wizard for a key in a key store', async (page) => {
    await page.keyboard.press('Escape');
    await storeAction(page, 'Connect');
    await part(page, 'General configuration').getByText('Connected', { exact: true }).waitFor();
    await button(page, 'Create a KMS key in this key store').click();
    await page.getByRole('textbox', { name: 'External key ID' }).waitFor();
  }),
  stop(
    'an external key store',
    async (page, { store }) => {
      await open(page, store, 'outside');
      await rows(page, 'Exchange with the proxy').getByRole('button', { name: /^Request 1:/ }).waitFor();
    },
    'key-store',
  ),
  stop('the external key stores', (page) => open(page, '#/key-stores/external', /External key stores/), 'key-stores'),
  stop('the dialog of a fault', async (page) => {
    await open(page, `#/key-managers/${encodeURIComponent(ENDPOINT)}`, ENDPOINT);
    await button(page, 'Add proxy fault').click();
    await dialog(page, 'Add proxy fault').waitFor();
  }),
  stop('a key manager', async (page) => {
    const fault = dialog(page, 'Add proxy fault');
    await button(fault, 'Add proxy fault').click();
    await fault.waitFor({ state: 'detached' });
  }),
];

const CLUSTERS = [
  stop(
    'the dialog of a cluster',
    async (page) => {
      await open(page, '#/clusters', 'CloudHSM clusters');
      await button(page, 'Create cluster').click();
      await dialog(page, 'Create cluster').waitFor();
    },
    'clusters',
  ),
  stop('a cluster', async (page) => {
    const cluster = dialog(page, 'Create cluster');
    await cluster.getByRole('textbox', { name: 'Cluster ID' }).fill(CLUSTER);
    await button(cluster, 'Create cluster').click();
    await page.getByRole('heading', { level: 1, name: CLUSTER }).waitFor();
    await button(page, 'Back up').click();
    await button(page, /^Restore backup/).waitFor();
  }),
  stop('the form of an AWS CloudHSM key store', (page) => open(page, '#/key-stores/cloudhsm/create', 'Create key store')),
  stop('the AWS CloudHSM key stores', (page) => open(page, '#/key-stores/cloudhsm', /AWS CloudHSM key stores/)),
];

export const STORES = [...EXTERNAL, ...CLUSTERS];
