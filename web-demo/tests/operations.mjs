// What a person does on the pages of operations, by the names that a screen reader would say.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createKey as createInWizard, flash, part, rows, visitPage } from './steps.mjs';

/** Opens the page of an operation, or of a topic. */
export async function open(page, name, heading) {
  await page.evaluate((address) => (location.hash = address), `#/operations/${name}`);
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
}

export const press = (within, name) => within.getByRole('button', { name, exact: true }).click();

export const createKeyIn = async (within) => {
  await press(within, 'Create a key for this');
  await flash(within.page(), 'is created').waitFor();
};

/** Creates a key in the wizard, and stays on its page; gives its id. */
export async function createKey(page, wish) {
  await visitPage(page, 'Customer managed keys');
  return createInWizard(page, wish);
}

/** What a box with a result shows. */
export const shown = (within, name) => within.getByRole('region', { name, exact: true }).innerText();

export async function addPair(within, key, value) {
  await press(within, 'Add pair');
  await within.getByRole('textbox', { name: 'Key' }).last().fill(key);
  await within.getByRole('textbox', { name: 'Value' }).last().fill(value);
}

export const give = (within, name, buffer, mimeType = 'text/plain') => within.locator('input[type=file]').setInputFiles({ name, mimeType, buffer });

/** Saves a file that the page has made. */
export async function saved(within, name) {
  const coming = within.page().waitForEvent('download');
  await within.getByRole('link', { name: `Save the file ${name}` }).click();
  const download = await coming;
  // The browser takes away what no name of a file may have.
  assert.equal(download.suggestedFilename(), name.replace(/[<>]/g, '_'));
  return readFile(await download.path());
}

export const ENCRYPTING = '1. Encrypt a file';
export const DECRYPTING = '2. Decrypt it again';

/** Encrypts a file on its page; gives the encrypted one. */
export async function encryptFile(page, name, content, context = {}) {
  const form = part(page, ENCRYPTING);
  await give(form, name, content);
  for (const [key, value] of Object.entries(context)) await addPair(form, key, value);
  await press(form, 'Encrypt the file');
  await form.getByText(`${name}.envelope is made`).waitFor();
  return saved(form, `${name}.envelope`);
}

export async function decryptFile(page) {
  await press(part(page, DECRYPTING), 'Decrypt the file');
  return part(page, DECRYPTING);
}

/** Calls an operation by hand; gives its reply. */
export async function byHand(page, operation, request) {
  await open(page, operation, operation);
  const form = part(page, 'Call by hand');
  await form.getByRole('textbox', { name: 'Request' }).fill(JSON.stringify(request));
  await press(form, `Call ${operation}`);
  return JSON.parse(await shown(form, 'Reply'));
}

export const STEPS = ['1. Start an enclave', '2. Let it attest', '3. Make a key that asks for it', '4. Ask KMS', '5. Open it in the enclave'];

export async function startEnclave(page, name, image) {
  const form = part(page, STEPS[0]);
  await form.getByRole('textbox', { name: 'Name' }).fill(name);
  await form.getByRole('textbox', { name: 'Image' }).fill(image);
  await press(form, 'Start the enclave');
  await rows(page, 'Running enclaves').filter({ hasText: name }).waitFor();
}

/** PCR0 as the builder of an image measures it. */
export function pcr0(image) {
  const sha384 = (bytes) => createHash('sha384').update(bytes).digest();
  return sha384(Buffer.concat([Buffer.alloc(48), sha384(image)])).toString('hex');
}
