// A file that is encrypted in the page with a data key of KMS, whatever becomes of it.
import assert from 'node:assert/strict';
import { createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { inPlayground } from './browser.mjs';
import { DECRYPTING, ENCRYPTING, byHand, createKeyIn, decryptFile, encryptFile, give, open, press, saved } from './operations.mjs';
import { becomes, gone, part, refusal } from './steps.mjs';

const CHUNK = 65_536;

inPlayground('a file is encrypted in the page and comes back, and Node reads its form', async (page) => {
  await open(page, 'GenerateDataKey', 'Data keys and envelope encryption');
  await createKeyIn(part(page, ENCRYPTING));
  const content = randomBytes(2 * CHUNK + 5);
  const encrypted = await encryptFile(page, 'photo.raw', content, { owner: 'Alice' });
  await part(page, ENCRYPTING).getByText('Wrapped data key, which stands in the file').first().waitFor();

  const decrypting = part(page, DECRYPTING);
  await decrypting.getByText(`${content.length} bytes`).waitFor();
  await becomes(() => decrypting.getByRole('textbox', { name: 'Value' }).inputValue(), 'Alice');
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
    await gone(decrypting.getByRole('link', { name: /^Save/ }));
  }

  await give(decrypting, 'whole.envelope', encrypted);
  await decrypting.getByRole('textbox', { name: 'Value' }).fill('another');
  await decryptFile(page);
  await refusal(decrypting, 'InvalidCiphertextException').waitFor();
  await decrypting.getByRole('textbox', { name: 'Value' }).fill('test');
  await decryptFile(page);
  assert.deepEqual(await saved(decrypting, 'three.bin'), content);
});

inPlayground('files of another form or that are too large are refused with a sentence, and an empty one is accepted', async (page) => {
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
    await becomes(() => decrypting.getByRole('button', { name: 'Decrypt the file' }).isDisabled(), true);
    await press(decrypting, 'Remove file');
    await decrypting.getByText(sentence).waitFor({ state: 'detached' });
  }
  await give(encrypting, 'large.bin', Buffer.alloc(16 * 1024 * 1024 + 1));
  await encrypting.getByText('The file is larger than 16 MiB.').waitFor();
  await becomes(() => encrypting.getByRole('button', { name: 'Encrypt the file' }).isDisabled(), true);

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
