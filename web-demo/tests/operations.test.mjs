// The pages of operations: what they teach is done for real, with the cryptography of the browser beside that of KMS.
import assert from 'node:assert/strict';
import { createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { audit, picture } from './audit.mjs';
import { inPlayground } from './browser.mjs';
import { caller, choose, createKey as createInWizard, flash, openTab, part, pick, refusal, rows, table, visitKey, visitPage } from './steps.mjs';

const CHUNK = 65_536;

/** Opens the page of an operation, or of a topic. */
async function open(page, name, heading) {
  await page.evaluate((address) => (location.hash = address), `#/operations/${name}`);
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
}

const press = (within, name) => within.getByRole('button', { name, exact: true }).click();

const createKeyIn = async (within) => {
  await press(within, 'Create a key for this');
  await flash(within.page(), 'is created').waitFor();
};

/** Creates a key in the wizard, and stays on its page; gives its id. */
async function createKey(page, wish) {
  await visitPage(page, 'Customer managed keys');
  return createInWizard(page, wish);
}

/** What a box with a result shows. */
const shown = (within, name) => within.getByRole('region', { name, exact: true }).innerText();

async function addPair(within, key, value) {
  await press(within, 'Add pair');
  await within.getByRole('textbox', { name: 'Key' }).last().fill(key);
  await within.getByRole('textbox', { name: 'Value' }).last().fill(value);
}

const give = (within, name, buffer, mimeType = 'text/plain') => within.locator('input[type=file]').setInputFiles({ name, mimeType, buffer });

/** Saves a file that the page has made. */
async function saved(within, name) {
  const coming = within.page().waitForEvent('download');
  await within.getByRole('link', { name: `Save the file ${name}` }).click();
  const download = await coming;
  // The browser takes away what no name of a file may have.
  assert.equal(download.suggestedFilename(), name.replace(/[<>]/g, '_'));
  return readFile(await download.path());
}

const ENCRYPTING = '1. Encrypt a file';
const DECRYPTING = '2. Decrypt it again';

/** Encrypts a file on its page; gives the encrypted one. */
async function encryptFile(page, name, content, context = {}) {
  const form = part(page, ENCRYPTING);
  await give(form, name, content);
  for (const [key, value] of Object.entries(context)) await addPair(form, key, value);
  await press(form, 'Encrypt the file');
  await form.getByText(`${name}.envelope is made`).waitFor();
  return saved(form, `${name}.envelope`);
}

async function decryptFile(page) {
  await press(part(page, DECRYPTING), 'Decrypt the file');
  return part(page, DECRYPTING);
}

/** Calls an operation by hand; gives its reply. */
async function byHand(page, operation, request) {
  await open(page, operation, operation);
  const form = part(page, 'Call by hand');
  await form.getByRole('textbox', { name: 'Request' }).fill(JSON.stringify(request));
  await press(form, `Call ${operation}`);
  return JSON.parse(await shown(form, 'Reply'));
}

inPlayground('every operation stands in the overview, and what there is not is said', async (page) => {
  await open(page, '', 'Operations');
  await page.getByRole('heading', { name: 'All operations (56)' }).waitFor();
  const links = await table(page, 'All operations').locator('tbody tr').evaluateAll((rows) => rows.map((row) => row.querySelectorAll('a').length));
  assert.equal(links.length, 56);
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
  assert.ok(await form.getByRole('button', { name: 'Call ListKeyPolicies' }).isDisabled());
  await form.getByRole('textbox', { name: 'Request' }).fill('{ "KeyId": "nobody" }');
  await press(form, 'Call ListKeyPolicies');
  await refusal(form, 'NotFoundException').waitFor();
});

inPlayground('a file is encrypted in the page and comes back, and Node reads its form', async (page) => {
  await open(page, 'GenerateDataKey', 'Data keys and envelope encryption');
  await createKeyIn(part(page, ENCRYPTING));
  const content = randomBytes(2 * CHUNK + 5);
  const encrypted = await encryptFile(page, 'photo.raw', content, { owner: 'Alice' });
  await part(page, ENCRYPTING).getByText('Wrapped data key, which stands in the file').first().waitFor();

  const decrypting = part(page, DECRYPTING);
  await decrypting.getByText(`${content.length} bytes`).waitFor();
  assert.equal(await decrypting.getByRole('textbox', { name: 'Value' }).inputValue(), 'Alice');
  await decryptFile(page);
  assert.deepEqual(await saved(decrypting, 'photo.raw'), content);
  await decrypting.getByRole('button', { name: 'Why? Decrypt' }).waitFor();
  await decrypting.getByRole('button', { name: /^As code/ }).waitFor();

  assert.equal(encrypted.subarray(0, 8).toString(), 'PKMSENV1');
  const bound = encrypted.subarray(0, 12 + encrypted.readUInt32BE(8));
  const header = JSON.parse(bound.subarray(12));
  assert.deepEqual([header.name, header.size, header.context], ['photo.raw', content.length, { owner: 'Alice' }]);
  assert.ok(!encrypted.includes(content.subarray(0, 32)), 'the file is not in it');
  const { Plaintext } = await byHand(page, 'Decrypt', { CiphertextBlob: { $base64: header.wrappedKey }, EncryptionContext: header.context });
  assert.deepEqual(chunksOf(encrypted.subarray(bound.length), Buffer.from(Plaintext, 'base64'), bound), content);
});

/** The chunks of an encrypted file, decrypted as the page says that they are made. */
function chunksOf(bytes, key, bound) {
  const parts = [];
  const count = Math.ceil(bytes.length / (CHUNK + 16));
  for (let at = 0; at < count; at += 1) {
    const chunk = bytes.subarray(at * (CHUNK + 16), (at + 1) * (CHUNK + 16));
    const nonce = Buffer.alloc(12);
    nonce.writeUInt32BE(at, 7);
    nonce[11] = at === count - 1 ? 1 : 0;
    const cipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(bound).setAuthTag(chunk.subarray(-16));
    parts.push(cipher.update(chunk.subarray(0, -16)), cipher.final());
  }
  return Buffer.concat(parts);
}

inPlayground('what was done to an encrypted file is noticed, and nothing of it is given', async (page) => {
  await open(page, 'GenerateDataKey', 'Data keys and envelope encryption');
  await createKeyIn(part(page, ENCRYPTING));
  const content = randomBytes(3 * CHUNK);
  const encrypted = await encryptFile(page, 'three.bin', content, { purpose: 'test' });
  const decrypting = part(page, DECRYPTING);

  await press(decrypting, 'Change one bit of it');
  await decryptFile(page);
  await refusal(decrypting, 'Chunk 3 of 3 is not as it was encrypted').waitFor();
  const length = encrypted.length;
  const body = 12 + encrypted.readUInt32BE(8);
  const chunk = CHUNK + 16;
  const swapped = Buffer.concat([encrypted.subarray(0, body), encrypted.subarray(body + chunk, body + 2 * chunk), encrypted.subarray(body, body + chunk), encrypted.subarray(body + 2 * chunk)]);
  const renamed = Buffer.from(encrypted);
  renamed.set(Buffer.from('T'), encrypted.indexOf('three.bin'));
  for (const [altered, sentence] of [
    [encrypted.subarray(0, length - chunk), 'Chunk 2 of 2 is not as it was encrypted'],
    [encrypted.subarray(0, length - 1), 'Chunk 3 of 3'],
    [Buffer.concat([encrypted, Buffer.from([0])]), 'Chunk 3 of 4'],
    [swapped, 'Chunk 1 of 3'],
    [renamed, 'Chunk 1 of 3'],
  ]) {
    await give(decrypting, 'altered.envelope', altered);
    await decrypting.getByText('altered.envelope').waitFor();
    await decryptFile(page);
    await refusal(decrypting, sentence).waitFor();
    assert.equal(await decrypting.getByRole('link', { name: /^Save/ }).count(), 0);
  }

  await give(decrypting, 'whole.envelope', encrypted);
  await decrypting.getByRole('textbox', { name: 'Value' }).fill('another');
  await decryptFile(page);
  await refusal(decrypting, 'InvalidCiphertextException').waitFor();
  await decrypting.getByRole('textbox', { name: 'Value' }).fill('test');
  await decryptFile(page);
  assert.deepEqual(await saved(decrypting, 'three.bin'), content);
});

inPlayground('files of another form or that are too large are refused with a sentence, and an empty one is none of them', async (page) => {
  await open(page, 'GenerateDataKey', 'Data keys and envelope encryption');
  await createKeyIn(part(page, ENCRYPTING));
  const [encrypting, decrypting] = [part(page, ENCRYPTING), part(page, DECRYPTING)];
  const header = (text) => Buffer.concat([Buffer.from('PKMSENV1'), Buffer.from([0, 0, 0, text.length]), Buffer.from(text)]);
  for (const [bytes, sentence] of [
    [Buffer.from('hello'), 'it does not begin with PKMSENV1'],
    [Buffer.alloc(0), 'it does not begin with PKMSENV1'],
    [Buffer.from('PKMSENV1\xff\xff\xff\xff', 'latin1'), 'The header of this file cannot be read'],
    [header('{'), 'The header of this file cannot be read'],
    [header('{"name":"x"}'), 'The header of this file cannot be read'],
    [header('{"name":"x","type":"","size":1,"keyId":"k","context":[],"wrappedKey":"AA=="}'), 'The header of this file cannot be read'],
  ]) {
    await give(decrypting, 'strange', bytes);
    await decrypting.getByText(sentence).waitFor();
    assert.ok(await decrypting.getByRole('button', { name: 'Decrypt the file' }).isDisabled());
    await press(decrypting, 'Remove file');
    await decrypting.getByText(sentence).waitFor({ state: 'detached' });
  }
  await give(encrypting, 'large.bin', Buffer.alloc(16 * 1024 * 1024 + 1));
  await encrypting.getByText('The file is larger than 16 MiB.').waitFor();
  assert.ok(await encrypting.getByRole('button', { name: 'Encrypt the file' }).isDisabled());

  const name = '<img src=x onerror=alert(1)>.html';
  await encryptFile(page, name, Buffer.alloc(0), {});
  await decryptFile(page);
  await decrypting.getByText(`${name} is back: 0 bytes`).waitFor();
  const most = randomBytes(16 * 1024 * 1024);
  await encryptFile(page, 'most.bin', most);
  await decryptFile(page);
  await decrypting.getByText('most.bin is back').waitFor();
  assert.equal(sha(await saved(decrypting, 'most.bin')), sha(most));
});

const sha = (bytes) => createHash('sha256').update(bytes).digest('hex');

inPlayground('a data key without plaintext is unwrapped by who may decrypt', async (page) => {
  await open(page, 'GenerateDataKeyWithoutPlaintext', 'A data key without its plaintext');
  const [making, unwrapping] = [part(page, '1. Generate it'), part(page, '2. Unwrap it when it is needed')];
  await createKeyIn(making);
  await making.getByRole('checkbox', { name: 'Dry run' }).check();
  await press(making, 'Generate');
  await making.getByText('DryRunOperationException').waitFor();
  assert.ok(await unwrapping.getByRole('button', { name: 'Unwrap' }).isDisabled());
  await making.getByRole('checkbox', { name: 'Dry run' }).uncheck();
  await addPair(making, 'volume', '7');
  await press(making, 'Generate');
  await shown(making, 'Wrapped data key (CiphertextBlob)');
  assert.equal(await making.getByText('DryRunOperationException').count(), 0);
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
    assert.equal(await making.getByRole('region', { name: 'Private key (PKCS #8)' }).count(), 0);
    assert.ok(await signing.getByRole('button', { name: 'Sign in this page' }).isDisabled(), 'it has no private key yet');
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
  await shown(source, 'Ciphertext');

  await pick('A key that I name')(page);
  await press(move, 'Create one in account 4444-5555-6666');
  await flash(page, 'with a key policy that lets this account use it').waitFor();
  const foreign = await move.getByRole('textbox', { name: 'Key ARN of the destination' }).inputValue();
  assert.match(foreign, /^arn:aws:kms:us-east-1:444455556666:key\//);
  const add = move.getByRole('button', { name: 'Add pair' }).last();
  await add.click();
  await move.getByRole('textbox', { name: /Key$/ }).last().fill('year');
  await move.getByRole('textbox', { name: 'Value' }).last().fill('2026');
  await press(move, 'ReEncrypt');
  await move.getByText(foreign).waitFor();
  await press(before, 'Decrypt the former one');
  await press(after, 'Decrypt the new one');
  for (const [within, name] of [[before, 'Plaintext of the former one'], [after, 'Plaintext of the new one']]) assert.equal(await shown(within, name), 'moving');

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
  await move.getByRole('textbox', { name: 'Key ARN of the destination' }).fill(foreign.replace('us-east-1', 'eu-west-1'));
  await press(move, 'ReEncrypt');
  await refusal(move, /Exception/).waitFor();
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
  assert.ok(await form.getByRole('button', { name: 'Generate random bytes' }).isDisabled());
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
  const said = await answers.evaluateAll((rows) => rows.map((row) => row.textContent));
  assert.equal(said.length, 8);
  assert.deepEqual(said.filter((text) => !text.includes('Would succeed (DryRunOperationException)')), []);
  await answers.first().getByRole('button', { name: /^Why\? Encrypt/ }).waitFor();
  assert.equal(await page.getByRole('alert').getByText('Exception').count(), 0, 'a success is no alert');

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
    assert.ok(await page.getByRole('checkbox', { name: /^Select grant/ }).isChecked(), 'the grant is still there');
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

const STEPS = ['1. Start an enclave', '2. Let it attest', '3. Make a key that asks for it', '4. Ask KMS', '5. Open it in the enclave'];

async function startEnclave(page, name, image) {
  const form = part(page, STEPS[0]);
  await form.getByRole('textbox', { name: 'Name' }).fill(name);
  await form.getByRole('textbox', { name: 'Image' }).fill(image);
  await press(form, 'Start the enclave');
  await rows(page, 'Running enclaves').filter({ hasText: name }).waitFor();
}

/** PCR0 as the builder of an image measures it. */
function pcr0(image) {
  const sha384 = (bytes) => createHash('sha384').update(bytes).digest();
  return sha384(Buffer.concat([Buffer.alloc(48), sha384(image)])).toString('hex');
}

inPlayground('KMS answers the enclave that a key policy asks for, and no other one can read the answer', async (page) => {
  await open(page, 'Recipient', /^Recipient/);
  const [starting, attesting, requiring, asking, opening] = STEPS.map((name) => part(page, name));
  await starting.getByRole('textbox', { name: 'IAM role of the instance' }).fill('arn:aws:iam::111122223333:role/Webserver');
  await startEnclave(page, 'genuine', 'the program');
  await attesting.getByRole('textbox', { name: 'Nonce - optional' }).fill('once');
  await press(attesting, 'Attest');
  await attesting.getByText(pcr0('the program')).waitFor();
  for (const field of ['ES384', 'once', 'SHA384', 'PCR3']) await attesting.getByText(field, { exact: true }).first().waitFor();

  await requiring.getByText('"kms:RecipientAttestation:ImageSha384"').waitFor();
  assert.equal(JSON.parse(await shown(requiring, 'Key policy')).Statement[1].Condition.StringEqualsIgnoreCase['kms:RecipientAttestation:ImageSha384'], pcr0('the program'));
  await press(requiring, 'Create a key with this policy');
  await requiring.getByText('Its policy asks for an enclave.').waitFor();

  await asking.getByRole('textbox', { name: 'Message' }).fill('for the enclave');
  await press(asking, 'Call Decrypt');
  await asking.getByText('The reply has no Plaintext').waitFor();
  await asking.getByRole('button', { name: /^Why\?/ }).waitFor();
  await press(opening, 'Open');
  assert.equal(await shown(opening, 'What the program in the enclave has now'), 'for the enclave');

  await choose(asking, 'Who asks', /^No enclave/);
  await press(asking, 'Call Decrypt');
  await refusal(asking, 'AccessDeniedException').waitFor();
  await startEnclave(page, 'changed', 'another program');
  await choose(asking, 'Who asks', /^changed/);
  await press(asking, 'Call Decrypt');
  await refusal(asking, 'AccessDeniedException').waitFor();

  for (const operation of ['GenerateDataKey', 'GenerateDataKeyPair', 'GenerateRandom']) {
    await choose(asking, 'Operation', new RegExp(`^${operation}$`));
    await choose(asking, 'Who asks', /genuine/);
    await press(asking, `Call ${operation}`);
    await asking.getByText(/^The reply has no (Private)?.*Plaintext/).waitFor();
    await choose(opening, 'Enclave', /changed/);
    await press(opening, 'Open');
    await refusal(opening, 'this is not a CiphertextForRecipient for this enclave').waitFor();
    await choose(opening, 'Enclave', /genuine/);
    await press(opening, 'Open');
    await shown(opening, 'What the program in the enclave has now');
  }
  await choose(asking, 'Who asks', /^No enclave/);
  await press(asking, 'Call GenerateRandom');
  await asking.getByText('Plaintext in the reply (32 bytes)').waitFor();

  await page.getByRole('button', { name: 'Stop genuine' }).click();
  await page.getByRole('button', { name: 'Stop changed' }).click();
  await page.getByText('No enclave runs.').waitFor();
  assert.ok(await attesting.getByRole('button', { name: 'Attest', exact: true }).isDisabled());
});

inPlayground('an enclave in debug mode measures nothing, and derives a secret with a document all the same', async (page) => {
  await open(page, 'Recipient', /^Recipient/);
  const [starting, attesting, requiring, asking, opening] = STEPS.map((name) => part(page, name));
  await starting.getByRole('checkbox', { name: 'Debug mode' }).check();
  await press(starting, 'Start the enclave');
  await press(attesting, 'Attest');
  await attesting.getByText('All registers are zero').waitFor();
  assert.ok(await requiring.getByRole('button', { name: 'Create a key with this policy' }).isDisabled());
  await choose(asking, 'Operation', /^DeriveSharedSecret$/);
  await createKeyIn(asking);
  await press(asking, 'Call DeriveSharedSecret');
  await asking.getByText('The reply has no SharedSecret').waitFor();
  await press(opening, 'Open');
  assert.equal(Buffer.from(await shown(opening, 'What the program in the enclave has now'), 'base64').length, 32);
});

/** Goes through each page until it has something to show, and looks at it. */
async function auditAll(page, look) {
  const looked = async (name) => {
    await audit(page, name);
    await picture(page, `operations ${name} ${look}`);
  };
  await open(page, '', 'Operations');
  await looked('overview');
  await open(page, 'GenerateDataKey', 'Data keys and envelope encryption');
  await createKeyIn(part(page, ENCRYPTING));
  await encryptFile(page, 'letter.txt', Buffer.from('Dear Bob'), { purpose: 'letter' });
  await decryptFile(page);
  await part(page, DECRYPTING).getByText('Dear Bob').waitFor();
  await looked('envelope');
  await give(part(page, DECRYPTING), 'strange.txt', Buffer.from('hello'));
  await page.getByText('it does not begin with PKMSENV1').waitFor();
  await looked('envelope refused');
  await open(page, 'GenerateDataKeyWithoutPlaintext', 'A data key without its plaintext');
  await press(part(page, '1. Generate it'), 'Generate');
  await press(part(page, '2. Unwrap it when it is needed'), 'Unwrap');
  await page.getByText('Plaintext data key (32 bytes)').waitFor();
  await looked('without plaintext');
  await open(page, 'GenerateDataKeyPair', 'Data key pairs');
  await press(part(page, '1. Generate a pair'), 'Generate');
  await part(page, '3. Sign without KMS').getByRole('textbox', { name: 'Message' }).fill('text');
  await press(part(page, '3. Sign without KMS'), 'Sign in this page');
  await page.getByText('The public key of the pair verifies it.').waitFor();
  await looked('pairs');
  await open(page, 'ReEncrypt', 'ReEncrypt');
  await part(page, '1. A ciphertext').getByRole('textbox', { name: 'Plaintext' }).fill('text');
  await press(part(page, '1. A ciphertext'), 'Encrypt');
  await shown(part(page, '1. A ciphertext'), 'Ciphertext');
  await part(page, '2. Move it').getByRole('checkbox', { name: 'Dry run' }).check();
  await press(part(page, '2. Move it'), 'ReEncrypt');
  await page.getByText('DryRunOperationException').waitFor();
  await pick('A key that I name')(page);
  await looked('re-encrypt');
  await open(page, 'DryRun', 'DryRun');
  await press(part(page, 'What may I do with a key?'), 'Try all');
  await rows(page, 'Answers').first().waitFor();
  await looked('dry run');
  await open(page, 'DeriveSharedSecret', 'Key agreement');
  await createKeyIn(part(page, 'The key of KMS'));
  await press(part(page, 'Agree with this page'), 'Make a peer and derive');
  await part(page, 'Use the secret').waitFor();
  await looked('agreement');
  await open(page, 'Encapsulate', 'Encapsulation');
  await createKeyIn(part(page, 'The key of KMS'));
  await press(part(page, 'Encapsulate'), 'Encapsulate');
  await press(part(page, 'Decapsulate'), 'Decapsulate');
  await part(page, 'Use the secret').waitFor();
  await looked('encapsulation');
  await open(page, 'GenerateRandom', 'Random bytes');
  await press(part(page, 'Generate random bytes'), 'Generate random bytes');
  await page.getByText('Random bytes (32 bytes)').waitFor();
  await looked('random');
  await open(page, 'ImportKeyMaterial', 'Import key material');
  await looked('import');
  await open(page, 'ListKeyPolicies', 'ListKeyPolicies');
  await press(part(page, 'Call by hand'), 'Call ListKeyPolicies');
  await shown(part(page, 'Call by hand'), 'Reply');
  await looked('by hand');
  await open(page, 'Recipient', /^Recipient/);
  await startEnclave(page, 'genuine', 'the program');
  await press(part(page, STEPS[1]), 'Attest');
  await press(part(page, STEPS[2]), 'Create a key with this policy');
  await part(page, STEPS[2]).getByText('Its policy asks for an enclave.').waitFor();
  await part(page, STEPS[3]).getByRole('textbox', { name: 'Message' }).fill('text');
  await press(part(page, STEPS[3]), 'Call Decrypt');
  await page.getByText('The reply has no Plaintext').waitFor();
  await press(part(page, STEPS[4]), 'Open');
  await shown(part(page, STEPS[4]), 'What the program in the enclave has now');
  await looked('recipient');
}

const LOOKS = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 } },
  dark: { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
};

for (const [look, options] of Object.entries(LOOKS)) {
  inPlayground(`axe has nothing to say about the pages that teach: ${look}`, (page) => auditAll(page, look), options);
}
