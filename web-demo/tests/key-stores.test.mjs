// Custom key stores: created, connected, used, broken, repaired and deleted, with what stands behind them.
import { inPlayground } from './browser.mjs';
import { becomes, decrypts, encrypt, flash, openTab, part, refusal, rows, visitPage } from './steps.mjs';
import {
  CLUSTER,
  ENDPOINT,
  addProxyFault,
  connect,
  createCluster,
  createClusterStore,
  createExternalStore,
  createKeyInStore,
  createManager,
  disconnect,
  onExternalKey,
  state,
  storeAction,
  submitExternalStore,
  watched,
} from './stores.mjs';

const exchange = (page, text) => rows(page, 'Exchange with the proxy').filter({ hasText: text }).first();

/** An external key store that is connected, with one key in it. */
async function externalKey(page) {
  const file = await createManager(page);
  await createExternalStore(page, 'outside', file);
  await connect(page);
  await createKeyInStore(page, 'far', 'first-key');
}

async function openManager(page) {
  await visitPage(page, 'External key managers');
  await page.getByRole('link', { name: ENDPOINT }).click();
  await page.getByRole('heading', { level: 1, name: ENDPOINT }).waitFor();
}

inPlayground('an external key store is made from a configuration file, and its keys encrypt through the proxy', async (page) => {
  await externalKey(page);
  const ciphertext = await encrypt(page, 'far away');
  await decrypts(page, ciphertext, 'far away');
  await openTab(page, 'Cryptographic configuration');
  await part(page, 'Custom key store').getByText('first-key').waitFor();
  await part(page, 'Custom key store').getByText('outside').waitFor();

  await visitPage(page, 'External key stores');
  await rows(page, 'External key stores').filter({ hasText: 'outside' }).getByText('Connected').waitFor();
  await page.getByRole('link', { name: 'outside' }).click();
  await rows(page, 'KMS keys in this key store').filter({ hasText: 'far' }).getByText('first-key').waitFor();
  // The exchange tells of every request: health, metadata, and both halves of the work.
  for (const operation of ['GetHealthStatus', 'GetKeyMetadata', 'Encrypt', 'Decrypt']) await exchange(page, operation).getByText('200', { exact: true }).waitFor();
  await exchange(page, 'Decrypt').getByRole('button', { name: /^Request \d+: Decrypt/ }).click();
  await exchange(page, 'Decrypt').getByText('arn:aws:iam::111122223333:root').waitFor();
});

inPlayground('who turns an external key off sees what breaks, and mends it by turning it on', async (page) => {
  await externalKey(page);
  await openManager(page);
  await page.getByRole('button', { name: 'Try all keys' }).click();
  await watched(page, 'far').getByText('Works').first().waitFor();
  await onExternalKey(page, 'first-key', 'Disable');
  await watched(page, 'far').getByText('KMSInvalidStateException').first().waitFor();
  await watched(page, 'far').getByText('the external key is not enabled').first().waitFor();
  await exchange(page, 'InvalidStateException').waitFor();
  await onExternalKey(page, 'first-key', 'Enable');
  await watched(page, 'far').getByText('Works').nth(1).waitFor();
  // Rotated material still decrypts; another key under the same id does not.
  await onExternalKey(page, 'first-key', 'Rotate');
  await watched(page, 'far').getByText('Works').nth(1).waitFor();
  await onExternalKey(page, 'first-key', 'Replace by another key');
  await watched(page, 'far').getByText('KMSInvalidStateException').waitFor();
  await becomes(() => watched(page, 'far').getByText('Works').count(), 1);
});

inPlayground('a connection that fails tells its code and what to do, and is made once the proxy is mended', async (page) => {
  const file = await createManager(page);
  await createExternalStore(page, 'slow', file);
  await openManager(page);
  await addProxyFault(page, 'No answer in time', 'GetHealthStatus');
  await visitPage(page, 'External key stores');
  await page.getByRole('link', { name: 'slow' }).click();
  await storeAction(page, 'Connect');
  await page.getByText('The connection failed: XKS_PROXY_TIMED_OUT').waitFor();
  await page.getByText('did not answer within 250 milliseconds').first().waitFor();
  await disconnect(page);
  await openManager(page);
  await page.getByRole('button', { name: 'Remove proxy fault No answer in time' }).click();
  await page.getByText('The proxy behaves.').waitFor();
  await visitPage(page, 'External key stores');
  await page.getByRole('link', { name: 'slow' }).click();
  await connect(page);
});

inPlayground('a connection that takes its time shows its progress by the clock of the world', async (page) => {
  const file = await createManager(page);
  await createExternalStore(page, 'patient', file);
  await visitPage(page, 'External key stores');
  await page.getByLabel('Connections take as long as at AWS').click();
  await flash(page, 'From now on connections take their time.').waitFor();
  await page.getByRole('link', { name: 'patient' }).click();
  await storeAction(page, 'Connect');
  await state(page, 'Connecting').waitFor();
  await page.getByRole('progressbar', { name: 'Progress of the connection' }).waitFor();
  await visitPage(page, 'World clock');
  await rows(page, 'What falls due').filter({ hasText: 'Connection of a key store' }).getByRole('link').click();
  await page.getByRole('button', { name: 'Go there' }).click();
  await state(page, 'Connected').waitFor();
});

inPlayground('a key store is edited, and refuses to go while it has keys, which are unavailable without it', async (page) => {
  await externalKey(page);
  await visitPage(page, 'External key stores');
  await page.getByRole('link', { name: 'outside' }).click();
  await storeAction(page, 'Edit');
  const editing = page.getByRole('dialog', { name: 'Edit outside' });
  await editing.getByRole('textbox', { name: 'Custom key store name' }).fill('abroad');
  await editing.getByRole('button', { name: 'Update external key store' }).click();
  await flash(page, 'Changed: Custom key store name.').waitFor();
  await page.getByRole('heading', { level: 1, name: 'abroad' }).waitFor();
  await disconnect(page);
  await rows(page, 'KMS keys in this key store').getByText('Unavailable').waitFor();
  await storeAction(page, 'Delete');
  const deleting = page.getByRole('dialog', { name: 'Delete the key store?' });
  await deleting.getByRole('button', { name: 'Delete' }).click();
  await refusal(deleting, 'CustomKeyStoreHasCMKsException').waitFor();
  await page.keyboard.press('Escape');
});

inPlayground('a credential that the proxy does not know is refused beside the form, which keeps what was typed', async (page) => {
  await createManager(page);
  const credential = { AccessKeyId: 'ABCDEFGHIJKLMNOPQRST', RawSecretAccessKey: 'A'.repeat(43) };
  await submitExternalStore(page, 'stranger', JSON.stringify({ XksProxyUriPath: '/kms/xks/v1', XksProxyAuthenticationCredential: credential }));
  await refusal(page, 'XksProxyIncorrectAuthenticationCredentialException').waitFor();
  await becomes(() => page.getByRole('textbox', { name: 'Custom key store name' }).inputValue(), 'stranger');
  await page.getByRole('checkbox', { name: 'Show secret access key' }).check();
  await becomes(() => page.getByRole('textbox', { name: 'Proxy credential: Secret access key' }).inputValue(), 'A'.repeat(43));
});

inPlayground('an AWS CloudHSM key store works on its cluster, and breaks with it', async (page) => {
  await createCluster(page, 'kmsPswd');
  await createClusterStore(page, 'inside', 'kmsPswd');
  await connect(page);
  await createKeyInStore(page, 'near');
  const ciphertext = await encrypt(page, 'near by');
  await decrypts(page, ciphertext, 'near by');

  await visitPage(page, 'CloudHSM clusters');
  await page.getByRole('link', { name: CLUSTER }).click();
  await part(page, 'kmsuser').getByText('KMS is logged in').waitFor();
  await page.getByRole('button', { name: 'Try all keys' }).click();
  await watched(page, 'near').getByText('Works').nth(1).waitFor();
  // One HSM is enough to use a key; without any, nothing works.
  await page.getByRole('button', { name: /^Remove HSM 1 in/ }).click();
  await watched(page, 'near').getByText('Works').nth(1).waitFor();
  await page.getByRole('button', { name: /^Remove HSM 1 in/ }).click();
  await watched(page, 'near').getByText('KMS cannot communicate with your CloudHSM cluster').first().waitFor();
  await page.getByRole('button', { name: /^Add an HSM in/ }).first().click();
  await watched(page, 'near').getByText('Works').nth(1).waitFor();
  // A key that its owner deletes in the cluster is gone, and KMS still shows it as enabled.
  await page.getByRole('button', { name: /^Delete key/ }).click();
  await watched(page, 'near').getByText('KMSInvalidStateException').first().waitFor();
  await watched(page, 'near').getByText('Enabled').waitFor();
});

inPlayground('a password that KMS does not have fails the connection, and editing it repairs that', async (page) => {
  await createCluster(page, 'kmsPswd');
  await createClusterStore(page, 'inside', 'otherPswd');
  await storeAction(page, 'Connect');
  await page.getByText('The connection failed: INVALID_CREDENTIALS').waitFor();
  await disconnect(page);
  await storeAction(page, 'Edit');
  const editing = page.getByRole('dialog', { name: 'Edit inside' });
  await editing.getByLabel('New kmsuser password - optional', { exact: true }).fill('kmsPswd');
  await editing.getByRole('button', { name: 'Save changes' }).click();
  await editing.waitFor({ state: 'detached' });
  await connect(page);
  // Without keys it goes as it came.
  await disconnect(page);
  await storeAction(page, 'Delete');
  await page.getByRole('dialog', { name: 'Delete the key store?' }).getByRole('button', { name: 'Delete' }).click();
  await flash(page, 'inside is deleted.').waitFor();
  await page.getByText('There is no AWS CloudHSM key store').waitFor();
});
