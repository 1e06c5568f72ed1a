// Imported key material in the playground: the wizard that wraps in the page, several materials, expiry, deletion, return.
import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { inPlayground } from './browser.mjs';
import { becomes, decrypt, decrypts, encrypt, flash, goToNext, openMenu, openTab, part, pick, pickExternal, refusal, rows, submitKey, visitKey } from './steps.mjs';

const next = (page) => page.getByRole('button', { name: 'Next', exact: true }).click();
const materials = (page, text) => rows(page, 'Key materials').filter({ hasText: text });
const heading = (page, name) => page.getByRole('heading', { level: 1, name }).waitFor();

/** Creates a key without material in the wizard, which leads to the import; gives its id. */
async function createEmpty(page, alias, ...picks) {
  await submitKey(page, { alias, choose: pickExternal(...picks) });
  await heading(page, 'Choose how to wrap');
  await flash(page, `with the alias alias/${alias}`).waitFor();
  return decodeURIComponent(page.url().split('#/keys/')[1].split('/')[0]);
}

/** Goes through the wizard of an import from its first step on; gives the material in base64. */
async function importMaterial(page, { way = [], give, options }) {
  await pick(...way)(page);
  await next(page);
  await heading(page, 'Give key material');
  await give(page);
  await next(page);
  await heading(page, 'Settings of the import');
  await options?.(page);
  await next(page);
  await page.getByRole('button', { name: 'Import key material' }).click();
}

const imported = (page) => flash(page, 'The key material is imported.').waitFor();

/** Lets the browser make the material; `made` hears of it in base64. */
const generate = (made = () => {}) => async (page) => {
  await page.getByRole('button', { name: 'Generate key material' }).click();
  made(await page.getByRole('region', { name: 'Key material', exact: true }).innerText());
};

const paste = (text) => async (page) => {
  await pick('Paste')(page);
  await page.getByRole('textbox', { name: 'Key material in base64 or PEM' }).fill(text);
};

const openImport = async (page) => {
  await part(page, 'Key material').getByRole('button', { name: 'Import key material' }).click();
  await heading(page, 'Choose how to wrap');
};

inPlayground('material that the page wraps expires, and the same bytes bring it back', async (page) => {
  const id = await createEmpty(page, 'borrowed');
  let material = '';
  const expiring = async (page) => {
    await page.getByRole('textbox', { name: 'Key material description' }).fill('first');
    await pick('Key material expires')(page);
    await page.getByLabel('Expires after').fill('366');
    await page.getByText('Between 1 and 365 days.').waitFor();
    await page.getByLabel('Expires after').fill('30');
  };
  await importMaterial(page, { give: generate((base64) => (material = base64)), options: expiring });
  await imported(page);
  for (const cell of ['Current', 'Imported', 'first', '(in 29 days 23 hours)']) await materials(page, 'first').getByText(cell).first().waitFor();
  const ciphertext = await encrypt(page, 'under borrowed material');

  await goToNext(page);
  await flash(page, 'Time has changed 1 key.').waitFor();
  await visitKey(page, id, 'material');
  await materials(page, 'first').getByText('Pending import').waitFor();
  await refusal(await decrypt(page, ciphertext), 'KMSInvalidStateException').waitFor();

  await openTab(page, 'Key material');
  await materials(page, 'first').getByRole('radio').check();
  await page.getByRole('button', { name: 'Import again' }).click();
  await heading(page, 'Choose how to wrap');
  await importMaterial(page, { give: paste(randomBytes(32).toString('base64')) });
  await refusal(page, 'IncorrectKeyMaterialException').waitFor();
  await page.getByRole('button', { name: 'Edit: Give key material' }).click();
  await page.getByRole('textbox', { name: 'Key material in base64 or PEM' }).fill(material);
  await next(page);
  await next(page);
  await page.getByRole('button', { name: 'Import key material' }).click();
  await imported(page);
  await materials(page, 'first').getByText('Does not expire').waitFor();
  await decrypts(page, ciphertext, 'under borrowed material');
});

inPlayground('new material waits for a rotation, and each can be deleted', async (page) => {
  const id = await createEmpty(page, 'several');
  const described = (text) => (page) => page.getByRole('textbox', { name: 'Key material description' }).fill(text);
  await importMaterial(page, { give: generate(), options: described('one') });
  await imported(page);
  await openImport(page);
  await importMaterial(page, { give: generate(), options: described('two') });
  await imported(page);
  await materials(page, 'two').getByText('Pending rotation').waitFor();
  await openTab(page, 'Key rotation');
  await part(page, 'On-demand rotation').getByRole('button', { name: 'Rotate now' }).click();
  await flash(page, 'The key is rotated.').waitFor();
  await part(page, 'On-demand rotation').getByRole('button', { name: 'Rotate now' }).click();
  await refusal(part(page, 'On-demand rotation'), 'KMSInvalidStateException').waitFor();

  await visitKey(page, id, 'material');
  await materials(page, 'two').getByText('Current', { exact: true }).waitFor();
  await materials(page, 'one').getByText('Non-current').waitFor();
  await materials(page, 'one').getByRole('radio').check();
  await page.getByRole('button', { name: 'Delete key material' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete key material' });
  await dialog.getByRole('button', { name: 'Delete key material' }).click();
  await flash(page, 'The key material is deleted.').waitFor();
  await materials(page, 'one').getByText('Pending import').waitFor();
  await materials(page, 'two').getByText('Imported').waitFor();
  await part(page, 'General configuration').getByText('Pending import').waitFor();
});

inPlayground('private keys come from a file, pasted as PEM, or made by the browser', async (page) => {
  const signs = async () => {
    await openTab(page, 'Sign and verify');
    await part(page, 'Sign').getByRole('textbox', { name: 'Message', exact: true }).fill('a letter');
    await part(page, 'Sign').getByRole('button', { name: 'Sign', exact: true }).click();
    await part(page, 'Verify').getByRole('button', { name: 'Verify', exact: true }).click();
    await page.getByText('The signature is valid').waitFor();
  };
  const pem = (curve) => generateKeyPairSync('ec', { namedCurve: curve }).privateKey.export({ type: 'pkcs8', format: 'pem' });
  const ways = {
    ECC_NIST_P256: { give: generate(), way: ['RSA_AES_KEY_WRAP_SHA_1'] },
    ECC_NIST_P384: { give: paste(pem('P-384')), way: ['RSAES_OAEP_SHA_256'] },
    ECC_SECG_P256K1: {
      way: ['RSA_3072', 'RSA_AES_KEY_WRAP_SHA_256'],
      async give(page) {
        await page.getByText('This browser cannot make key material of ECC_SECG_P256K1.').waitFor();
        await pick('Upload')(page);
        await page.locator('input[type=file]').setInputFiles({ name: 'key.pem', mimeType: 'text/plain', buffer: Buffer.from(pem('secp256k1')) });
        await page.getByText(/^\d+ bytes$/).waitFor();
      },
    },
  };
  for (const [spec, way] of Object.entries(ways)) {
    await page.evaluate(() => (location.hash = '#/keys'));
    await createEmpty(page, spec, 'Asymmetric', 'Sign and verify', spec);
    await importMaterial(page, way);
    await imported(page);
    await part(page, 'Key material').getByText('Enabled').waitFor();
    await signs();
  }
});

inPlayground('in China Regions private keys are wrapped under SM2 keys', async (page) => {
  await page.getByRole('banner').getByRole('button', { name: /Region/ }).click();
  await page.getByRole('menuitemcheckbox', { name: /Beijing/ }).click();
  const pem = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' });
  await createEmpty(page, 'chinese', 'Asymmetric', 'Sign and verify', 'RSA_2048');
  // RSA cannot wrap what is longer than itself, and there is no AES key wrap.
  assert.deepEqual(await page.getByRole('radio').evaluateAll((radios) => radios.map(({ value }) => value)), ['SM2', 'SM2PKE']);
  await importMaterial(page, { give: paste(pem), way: ['SM2PKE'] });
  await imported(page);
  await part(page, 'Key material').getByText('Enabled').waitFor();
});

inPlayground('what is missing or too late is said where it was given', async (page) => {
  await createEmpty(page, 'careless');
  await next(page);
  await heading(page, 'Give key material');
  await next(page);
  await page.getByText('There is no key material yet.').waitFor();
  await pick('Paste')(page);
  await page.getByRole('textbox', { name: 'Key material in base64 or PEM' }).fill('not base64!');
  await page.getByText('This is neither base64 nor a private key in PEM.').waitFor();
  await page.getByRole('textbox', { name: 'Key material in base64 or PEM' }).fill('AAAA');
  await next(page);
  await next(page);
  await page.getByRole('button', { name: 'Import key material' }).click();
  await refusal(page, 'IncorrectKeyMaterialException').waitFor();
  await openMenu(page, /World clock/);
  await page.getByRole('menuitem', { name: 'Advance 7 days' }).click();
  await flash(page, 'The clock is set.').waitFor();
  await page.getByRole('button', { name: 'Import key material' }).click();
  await refusal(page, 'ExpiredImportTokenException').waitFor();
  await becomes(() => page.getByRole('button', { name: 'Edit: Choose how to wrap' }).count(), 1);
});
