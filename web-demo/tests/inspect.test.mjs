// The inspector of ciphertexts: reached from wherever one stands or was refused, it says what keeps it closed.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { inPlayground } from './browser.mjs';
import { becomes, createKey, encrypt, part, refusal, visitPage } from './steps.mjs';

const answer = (page) => part(page, 'What is known of it');
const axe = readFile(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

async function blobOf(page) {
  return (await part(page, 'Encrypt').getByRole('region', { name: 'Ciphertext' }).innerText()).trim();
}

async function inspects(page, { blob, key = '' }) {
  await visitPage(page, 'Inspect a ciphertext');
  await page.getByRole('textbox', { name: 'Ciphertext blob' }).fill(blob);
  await page.getByRole('textbox', { name: /^Key/ }).first().fill(key);
  await page.getByRole('button', { name: 'Inspect', exact: true }).click();
}

inPlayground('a ciphertext leads to the inspector, where it opens', async (page) => {
  const keyId = await createKey(page, { alias: 'open' });
  await encrypt(page, 'text');
  await part(page, 'Encrypt').getByRole('link', { name: /^Inspect the ciphertext/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Inspect a ciphertext' }).waitFor();
  await answer(page).getByText('Decrypt opens it', { exact: true }).waitFor();
  await answer(page).getByText('AES-256-GCM').waitFor();
  await answer(page).getByText('156 bytes, with a plaintext of 4 bytes').waitFor();
  await page.evaluate(await axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.length]), []);
  await answer(page).getByRole('link', { name: new RegExp(`key/${keyId}$`) }).click();
  await page.getByRole('heading', { level: 1, name: keyId }).waitFor();
});

inPlayground('a Decrypt that was refused leads to the inspector, which finds the context that a record knows', async (page) => {
  await createKey(page, { alias: 'bound' });
  const encrypting = part(page, 'Encrypt');
  await encrypting.getByRole('button', { name: 'Add pair' }).click();
  await encrypting.getByRole('textbox', { name: /context.* Key/ }).fill('tenant');
  await encrypting.getByRole('textbox', { name: /context.* Value/ }).fill('7');
  await encrypt(page, 'text');
  const decrypting = part(page, 'Decrypt');
  await decrypting.getByRole('textbox', { name: /context.* Value/ }).fill('8');
  await decrypting.getByRole('button', { name: 'Decrypt', exact: true }).click();
  await refusal(decrypting, 'InvalidCiphertextException').waitFor();
  await decrypting.getByRole('link', { name: 'Inspect the ciphertext' }).click();
  await answer(page).getByText('The encryption context differs', { exact: true }).waitFor();
  await answer(page).getByText('{"tenant":"7"}').waitFor();
  await answer(page).getByRole('button', { name: 'Use this context' }).click();
  await answer(page).getByText('Decrypt opens it', { exact: true }).waitFor();
});

inPlayground('another key, altered bytes, a cut end and a foreign text are told apart', async (page) => {
  await createKey(page, { alias: 'other' });
  await visitPage(page, 'Customer managed keys');
  await createKey(page, { alias: 'maker' });
  await encrypt(page, 'text');
  const blob = await blobOf(page);
  const bytes = Buffer.from(blob, 'base64');
  const altered = Buffer.from(bytes);
  altered[altered.length - 1] ^= 1;
  for (const [asked, verdict] of [
    [{ blob, key: 'alias/other' }, 'The key differs'],
    [{ blob: altered.toString('base64') }, 'The bytes or the encryption context differ'],
    [{ blob: bytes.subarray(0, 100).toString('base64') }, 'This is not a ciphertext of a symmetric key'],
    [{ blob: Buffer.from('<script>alert(1)</script>').toString('base64') }, 'This is not a ciphertext of a symmetric key'],
  ]) {
    await inspects(page, asked);
    await answer(page).getByText(verdict, { exact: true }).waitFor();
  }
  await inspects(page, { blob, key: 'alias/none' });
  await refusal(page, "There is no key 'alias/none' in this world to ask about.").waitFor();
});

inPlayground('an address that somebody has mangled shows an empty inspector, and runs nothing', async (page, { address }) => {
  await page.goto(`${address}#/inspect?blob=%3Cscript%3E&context=%7Bnot&key=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E`);
  await page.getByRole('heading', { level: 1, name: 'Inspect a ciphertext' }).waitFor();
  await becomes(() => page.getByRole('textbox', { name: 'Ciphertext blob' }).inputValue(), '<script>');
  await page.getByText('This is not base64.').waitFor();
  await becomes(() => page.getByRole('button', { name: 'Inspect', exact: true }).isDisabled(), true);
});
