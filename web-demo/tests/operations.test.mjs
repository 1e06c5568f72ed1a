// The pages of operations: what they teach is done for real, with the cryptography of the browser beside that of KMS.
import assert from 'node:assert/strict';
import { inPlayground } from './browser.mjs';
import { addPair, byHand, createKey, createKeyIn, open, press, shown } from './operations.mjs';
import { becomes, caller, choose, flash, gone, openTab, part, pick, refusal, rows, table, visitKey } from './steps.mjs';

inPlayground('every operation stands in the overview, and what there is not is said', async (page) => {
  await open(page, '', 'Operations');
  await page.getByRole('heading', { name: 'All operations (56)' }).waitFor();
  await becomes(() => rows(page, 'All operations').count(), 56);
  const links = await rows(page, 'All operations').evaluateAll((rows) => rows.map((row) => row.querySelectorAll('a').length));
  assert.ok(links.every((count) => count >= 2), 'each has a page, and a place in the playground');
  await page.getByRole('searchbox', { name: /^Find operations/ }).fill('wrapped');
  await page.getByText('5 matches').first().waitFor();
  await page.getByRole('link', { name: 'ReEncrypt', exact: true }).first().click();
  await page.getByRole('heading', { level: 1, name: 'ReEncrypt' }).waitFor();
  await open(page, '<img src=x onerror=alert(1)>', 'Operations');
  await page.getByText('KMS has no operation "<img src=x onerror=alert(1)>".').waitFor();
});

inPlayground('an operation without a page elsewhere is called by hand', async (page) => {
  const key = await createKey(page, { alias: 'first' });
  const { Policies, PolicyNames } = await byHand(page, 'ListKeyPolicies', { KeyId: key });
  assert.deepEqual(PolicyNames ?? Policies, ['default']);
  const form = part(page, 'Call by hand');
  await form.getByRole('textbox', { name: 'Request' }).fill('{ "KeyId": ');
  await form.getByText('This is not JSON').waitFor();
  await form.getByRole('textbox', { name: 'Request' }).fill('[]');
  await form.getByText('A request is an object').waitFor();
  await form.getByRole('textbox', { name: 'Request' }).fill('{ "KeyId": { "$base64": "*" } }');
  await form.getByText('$base64 must be base64').waitFor();
  await becomes(() => form.getByRole('button', { name: 'Call ListKeyPolicies' }).isDisabled(), true);
  await form.getByRole('textbox', { name: 'Request' }).fill('{ "KeyId": "nobody" }');
  await press(form, 'Call ListKeyPolicies');
  await refusal(form, 'NotFoundException').waitFor();
});

inPlayground('a data key without plaintext is unwrapped by who may decrypt', async (page) => {
  await open(page, 'GenerateDataKeyWithoutPlaintext', 'A data key without its plaintext');
  const [making, unwrapping] = [part(page, '1. Generate it'), part(page, '2. Unwrap it when it is needed')];
  await createKeyIn(making);
  await making.getByRole('checkbox', { name: 'Dry run' }).check();
  await press(making, 'Generate');
  await making.getByText('DryRunOperationException').waitFor();
  await becomes(() => unwrapping.getByRole('button', { name: 'Unwrap' }).isDisabled(), true);
  await making.getByRole('checkbox', { name: 'Dry run' }).uncheck();
  await addPair(making, 'volume', '7');
  await press(making, 'Generate');
  await shown(making, 'Wrapped data key (CiphertextBlob)');
  await gone(making.getByText('DryRunOperationException'));
  await press(unwrapping, 'Unwrap');
  await unwrapping.getByText('Plaintext data key (32 bytes)').waitFor();
});

inPlayground('a data key pair signs in the page, with the private key as given and as unwrapped', async (page) => {
  await open(page, 'GenerateDataKeyPairWithoutPlaintext', 'Data key pairs');
  const [making, unwrapping, signing] = ['1. Generate a pair', '2. Unwrap the private key', '3. Sign without KMS'].map((name) => part(page, name));
  await createKeyIn(making);
  const signs = async () => {
    await signing.getByRole('textbox', { name: 'Message' }).fill('to whom it may concern');
    await press(signing, 'Sign in this page');
    await signing.getByText('The public key of the pair verifies it.').waitFor();
  };
  await press(making, 'Generate');
  const given = await shown(making, 'Private key (PKCS #8)');
  await signs();
  await press(unwrapping, 'Unwrap');
  assert.equal(await shown(unwrapping, 'Unwrapped private key'), given);

  await making.getByRole('checkbox', { name: 'With the plaintext private key' }).uncheck();
  for (const spec of ['ECC_NIST_EDWARDS25519', 'ECC_NIST_P521', 'RSA_2048']) {
    await choose(making, 'Key pair spec', spec);
    await press(making, 'Generate');
    await shown(making, 'Public key');
    await gone(making.getByRole('region', { name: 'Private key (PKCS #8)' }));
    // It has no private key yet.
    await becomes(() => signing.getByRole('button', { name: 'Sign in this page' }).isDisabled(), true);
    await press(unwrapping, 'Unwrap');
    await shown(unwrapping, 'Unwrapped private key');
    await signs();
  }
  await choose(making, 'Key pair spec', 'ECC_SECG_P256K1');
  await press(making, 'Generate');
  await signing.getByText('No browser signs with ECC_SECG_P256K1.').waitFor();
});

inPlayground('a ciphertext moves to another context, another key, and the key of another account', async (page) => {
  await open(page, 'ReEncrypt', 'ReEncrypt');
  const [source, move, before, after] = ['1. A ciphertext', '2. Move it', '3. The former ciphertext', '4. The new ciphertext'].map((name) => part(page, name));
  await createKeyIn(source);
  await source.getByRole('textbox', { name: 'Plaintext' }).fill('moving');
  await addPair(source, 'year', '2025');
  await press(source, 'Encrypt');
  const ciphertext = await shown(source, 'Ciphertext');

  await pick('A key that I name')(page);
  await press(move, 'Create one in account 4444-5555-6666');
  await flash(page, 'with a key policy that lets this account use it').waitFor();
  const destination = () => move.getByRole('textbox', { name: 'Key ARN of the destination' }).inputValue();
  await becomes(destination, /^arn:aws:kms:us-east-1:444455556666:key\//);
  const foreign = await destination();
  const add = move.getByRole('button', { name: 'Add pair' }).last();
  await add.click();
  await move.getByRole('textbox', { name: /Key$/ }).last().fill('year');
  await move.getByRole('textbox', { name: 'Value' }).last().fill('2026');
  await press(move, 'ReEncrypt');
  await move.getByText(foreign).waitFor();
  await press(before, 'Decrypt the former one');
  await press(after, 'Decrypt the new one');
  for (const [within, name] of [[before, 'Plaintext of the former one'], [after, 'Plaintext of the new one']]) await becomes(() => shown(within, name), 'moving');

  await move.getByRole('textbox', { name: 'Value' }).first().fill('2024');
  await press(move, 'ReEncrypt');
  await refusal(move, 'InvalidCiphertextException').waitFor();
  // A dry run asks what is allowed, and does not open the ciphertext.
  await move.getByRole('checkbox', { name: 'Dry run' }).check();
  await press(move, 'ReEncrypt');
  await move.getByText('DryRunOperationException').waitFor();
  await move.getByRole('checkbox', { name: 'Leave the ciphertext aside' }).check();
  await move.getByRole('textbox', { name: 'Ciphertext' }).fill('');
  await press(move, 'ReEncrypt');
  await move.getByText('So a dry run says that all is well').waitFor();
  await move.getByRole('checkbox', { name: 'Dry run' }).uncheck();
  await move.getByRole('textbox', { name: 'Ciphertext' }).fill('AAAA');
  await press(move, 'ReEncrypt');
  await refusal(move, 'InvalidCiphertextException').waitFor();
  // Both keys are used in the Region of the call.
  await move.getByRole('textbox', { name: 'Ciphertext' }).fill(ciphertext);
  await move.getByRole('textbox', { name: 'Value' }).first().fill('2025');
  await move.getByRole('textbox', { name: 'Key ARN of the destination' }).fill(foreign.replace('us-east-1', 'eu-west-1'));
  await press(move, 'ReEncrypt');
  await refusal(move, 'NotFoundException').waitFor();
  await move.getByText('Invalid arn eu-west-1').waitFor();
});

inPlayground('both sides of a key agreement have the same secret, and use it', async (page) => {
  await open(page, 'DeriveSharedSecret', 'Key agreement');
  await createKeyIn(part(page, 'The key of KMS'));
  const agreeing = part(page, 'Agree with this page');
  await press(agreeing, 'Make a peer and derive');
  await agreeing.getByText('Both sides have the same secret, and nobody sent it.').waitFor();
  assert.equal(await shown(agreeing, 'Shared secret'), await shown(agreeing, 'Secret of the page'));
  const using = part(page, 'Use the secret');
  await using.getByRole('textbox', { name: 'Secret message' }).fill('only for you');
  await press(using, 'Send');
  assert.equal(await shown(using, 'Message as the other side reads it'), 'only for you');

  const id = await createKey(page, { alias: 'curve', choose: pick('Asymmetric', 'Key agreement', 'ECC_NIST_P521') });
  await openTab(page, 'Derive shared secret');
  await press(part(page, 'Agree with this page'), 'Make a peer and derive');
  await page.getByText('Both sides have the same secret, and nobody sent it.').waitFor();
  await visitKey(page, id, 'derive');
  await part(page, 'Agree with this page').getByRole('checkbox', { name: 'Dry run' }).check();
  await press(part(page, 'Agree with this page'), 'Make a peer and derive');
  await part(page, 'Agree with this page').getByText('DryRunOperationException').waitFor();
});

inPlayground('a capsule gives its secret back, and a changed one another secret', async (page) => {
  await open(page, 'Decapsulate', 'Encapsulation');
  await createKeyIn(part(page, 'The key of KMS'));
  const [encapsulating, decapsulating] = [part(page, 'Encapsulate'), part(page, 'Decapsulate')];
  await press(encapsulating, 'Encapsulate');
  await press(decapsulating, 'Decapsulate');
  await page.getByText('Both sides have the same secret.').waitFor();
  const using = part(page, 'Use the secret');
  await using.getByRole('textbox', { name: 'Secret message' }).fill('post-quantum');
  await press(using, 'Send');
  assert.equal(await shown(using, 'Message as the other side reads it'), 'post-quantum');
  const capsule = Buffer.from(await shown(encapsulating, 'Ciphertext'), 'base64');
  capsule[5] ^= 1;
  await decapsulating.getByRole('textbox', { name: 'Ciphertext' }).fill(capsule.toString('base64'));
  await press(decapsulating, 'Decapsulate');
  await page.getByText('The secret is another one').waitFor();
});

inPlayground('random bytes are as many as were asked for', async (page) => {
  await open(page, 'GenerateRandom', 'Random bytes');
  const form = part(page, 'Generate random bytes');
  await form.getByLabel('Number of bytes').fill('1025');
  await form.getByText('Between 1 and 1024.').waitFor();
  await becomes(() => form.getByRole('button', { name: 'Generate random bytes' }).isDisabled(), true);
  await form.getByLabel('Number of bytes').fill('1024');
  await press(form, 'Generate random bytes');
  assert.equal(Buffer.from(await shown(form, 'Random bytes'), 'base64').length, 1024);
  await form.getByRole('textbox', { name: 'Custom key store ID' }).fill('cks-1234567890abcdef0');
  await press(form, 'Generate random bytes');
  await refusal(form, 'CustomKeyStoreNotFoundException').waitFor();
});

inPlayground('key material is brought to a key that the page makes for it', async (page) => {
  await open(page, 'GetParametersForImport', 'Import key material');
  await page.getByText('has the origin EXTERNAL').waitFor();
  await press(page, 'Create a key without material');
  await page.getByRole('heading', { level: 1, name: 'Choose how to wrap' }).waitFor();
  await open(page, 'ImportKeyMaterial', 'Import key material');
  await rows(page, 'Keys with imported material').getByText('Pending import').waitFor();
  await rows(page, 'Keys with imported material').getByRole('link', { name: /^Import key material into/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Choose how to wrap' }).waitFor();
});

inPlayground('a dry run tells what a caller may do with a key, and nothing is done', async (page) => {
  await open(page, 'DryRun', 'DryRun');
  const form = part(page, 'What may I do with a key?');
  await createKeyIn(form);
  await press(form, 'Try all');
  const answers = rows(page, 'Answers');
  await answers.first().waitFor();
  await becomes(() => answers.count(), 8);
  const said = await answers.allTextContents();
  assert.deepEqual(said.filter((text) => !text.includes('Would succeed (DryRunOperationException)')), []);
  await answers.first().getByRole('button', { name: /^Why\? Encrypt/ }).waitFor();
  // A success is not an alert.
  await gone(page.getByRole('alert').getByText('Exception'));

  const key = await createKey(page, { alias: 'private' });
  await openTab(page, 'Grants');
  await page.getByRole('button', { name: 'Create grant' }).click();
  const granting = page.getByRole('dialog', { name: 'Create grant' });
  await granting.getByRole('combobox', { name: 'Grantee principal' }).fill('arn:aws:iam::444455556666:root');
  await granting.getByRole('textbox', { name: 'Name - optional' }).focus();
  await granting.getByRole('button', { name: /^Operations/ }).click();
  await page.getByRole('option', { name: 'Decrypt', exact: true }).click();
  await page.keyboard.press('Escape');
  await granting.getByRole('checkbox', { name: 'Dry run' }).check();
  await granting.getByRole('button', { name: 'Create grant' }).click();
  await granting.getByRole('status').getByText('DryRunOperationException').waitFor();
  await granting.getByRole('checkbox', { name: 'Dry run' }).uncheck();
  await granting.getByRole('button', { name: 'Create grant' }).click();
  await page.getByRole('dialog', { name: 'Grant token' }).getByRole('button', { name: 'Close', exact: true }).last().click();
  await page.getByRole('checkbox', { name: /^Select grant/ }).check();
  await page.getByRole('checkbox', { name: 'Dry run' }).check();
  for (const button of ['Revoke', 'Retire']) {
    await press(page, button);
    await page.getByRole('status').getByText('DryRunOperationException').waitFor();
    // The grant is still there.
    await becomes(() => page.getByRole('checkbox', { name: /^Select grant/ }).isChecked(), true);
  }

  // Who may not, gets the refusal that the call itself would have got.
  await caller(page, /Bob/);
  await open(page, 'Encrypt', 'Encrypt');
  const calling = part(page, 'Call by hand');
  const arn = `arn:aws:kms:us-east-1:111122223333:key/${key}`;
  await calling.getByRole('textbox', { name: 'Request' }).fill(JSON.stringify({ KeyId: arn, Plaintext: { $text: 'x' }, DryRun: true }));
  await press(calling, 'Call Encrypt');
  await refusal(calling, 'AccessDeniedException').waitFor();
});

/** A key of each usage: its tab, and what each form of it needs before a dry run. */
const FORMS = [
  ['encrypt', {}, { Encrypt: ['Plaintext'], Decrypt: [] }],
  ['sign', { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }, { Sign: ['Message'], Verify: ['Message to verify', 'Signature'] }],
  ['mac', { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }, { 'Generate MAC': ['Message'], 'Verify MAC': ['Message to verify', 'MAC'] }],
  ['encapsulate', { KeySpec: 'ML_KEM_512', KeyUsage: 'ENCAPSULATE_DECAPSULATE' }, { Encapsulate: [], Decapsulate: ['Ciphertext'] }],
];

for (const [tab, input, forms] of FORMS) {
  inPlayground(`the forms of the tab ${tab} ask for a dry run, and so does the page about it`, async (page) => {
    const { KeyMetadata } = await byHand(page, 'CreateKey', input);
    await visitKey(page, KeyMetadata.KeyId, tab);
    for (const [name, fields] of Object.entries(forms)) {
      const form = part(page, name);
      for (const field of fields) await form.getByRole('textbox', { name: field, exact: true }).fill('AAAA');
      await form.getByRole('checkbox', { name: 'Dry run' }).check();
      if (name === 'Decrypt') await form.getByRole('checkbox', { name: 'Leave the ciphertext aside' }).check();
      await press(form, name);
      await form.getByRole('status').getByText('DryRunOperationException').waitFor();
    }
    await page.getByRole('navigation', { name: 'Learn more in this playground' }).waitFor(tab === 'encrypt' || tab === 'encapsulate' ? {} : { state: 'detached' });
    await open(page, 'DryRun', 'DryRun');
    await press(part(page, 'What may I do with a key?'), 'Try all');
    await rows(page, 'Answers').first().waitFor();
    const answers = await rows(page, 'Answers').allTextContents();
    assert.deepEqual(answers.filter((text) => !text.includes('Would succeed')), []);
  });
}
