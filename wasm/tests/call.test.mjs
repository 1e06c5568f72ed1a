/** The direct path: objects in, objects out. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { inspect } from 'node:util';

import { KmsError, PocketKms } from 'pocket-kms';

const START = new Date('2026-01-01T00:00:00Z');

test('what is encrypted is decrypted, bytes in and bytes out', async () => {
  const kms = await PocketKms.create();
  const { KeyMetadata } = await kms.call('CreateKey');
  const Plaintext = new TextEncoder().encode('hello');
  const { CiphertextBlob } = await kms.call('Encrypt', { KeyId: KeyMetadata.KeyId, Plaintext });
  assert.ok(CiphertextBlob instanceof Uint8Array);
  const opened = await kms.call('Decrypt', { CiphertextBlob });
  assert.deepEqual(opened.Plaintext, Plaintext);
});

test('timestamps are dates', async () => {
  const kms = await PocketKms.create({ now: START });
  const { KeyMetadata } = await kms.call('CreateKey', {});
  assert.deepEqual(KeyMetadata.CreationDate, START);
});

test('an operation that replies nothing replies an empty object', async () => {
  const kms = await PocketKms.create();
  const { KeyMetadata } = await kms.call('CreateKey');
  assert.deepEqual(await kms.call('DisableKey', { KeyId: KeyMetadata.KeyId }), {});
});

test('a refused call rejects with a KmsError that has a code, a message and a request id', async () => {
  const kms = await PocketKms.create();
  const refused = await kms.call('DescribeKey', { KeyId: 'alias/none' }).catch((error) => error);
  assert.ok(refused instanceof KmsError && refused instanceof Error);
  assert.deepEqual([refused.name, refused.code], ['NotFoundException', 'NotFoundException']);
  assert.match(refused.message, /^Alias arn:aws:kms:us-east-1:111122223333:alias\/none is not found\.$/);
  assert.match(refused.requestId, /^[0-9a-f-]{36}$/);
  assert.match(refused.stack, /^NotFoundException: Alias .* is not found\.\n +at /);
  assert.match(inspect(refused), /^NotFoundException: Alias /);
});

test('a program that handles refusals is tested with one that it makes', () => {
  const made = new KmsError({ code: 'KMSInternalException' });
  assert.ok(made instanceof KmsError && made instanceof Error);
  const { name, code, message, reasons, requestId } = made;
  assert.deepEqual([name, code, message, reasons, requestId], [code, 'KMSInternalException', code, [], '']);
  assert.equal(new KmsError({ code: 'A', message: 'b' }).message, 'b');
  for (const wrong of [[], ['NotFoundException'], [{ message: 'x' }]]) assert.throws(() => new KmsError(...wrong), /needs a code/);
});

test('a caller that is denied learns the reasons', async () => {
  const kms = await PocketKms.create();
  const { KeyMetadata } = await kms.call('CreateKey');
  const caller = 'arn:aws:iam::999999999999:user/mallory';
  const call = kms.call('DescribeKey', { KeyId: KeyMetadata.Arn }, { caller });
  const refused = await call.catch((error) => error);
  assert.equal(refused.code, 'AccessDeniedException');
  assert.match(refused.reasons.join(), /kms:DescribeKey on arn:.* is denied/);
});

test('a misspelt operation is refused with the one that may be meant among the reasons', async () => {
  const kms = await PocketKms.create();
  for (const [written, reasons] of [
    ['Encrpyt', ['did you mean Encrypt?']],
    ['create_key', ['did you mean CreateKey?']],
    ['MakeCoffee', []],
  ]) {
    const refused = await kms.call(written, {}).catch((error) => error);
    assert.ok(refused instanceof KmsError);
    assert.deepEqual([refused.code, refused.message, refused.reasons, refused.decisions], ['UnknownOperationException', 'UnknownOperationException', reasons, []]);
  }
});

test('the caller and the Region are those of the call', async () => {
  const kms = await PocketKms.create({ account: '000000000007' });
  const { KeyMetadata } = await kms.call('CreateKey', {}, { region: 'eu-west-1' });
  assert.match(KeyMetadata.Arn, /^arn:aws:kms:eu-west-1:000000000007:key\//);
  const other = await kms.call('CreateKey', {}, { caller: '123456789012' });
  assert.match(other.KeyMetadata.Arn, /^arn:aws:kms:us-east-1:123456789012:key\//);
});

test('a world is made by create alone', () => {
  assert.throws(() => new PocketKms(), /PocketKms\.create/);
});

test('what cannot be an account is refused', async () => {
  await assert.rejects(PocketKms.create({ account: 'me' }), /an account is twelve digits, not 'me'/);
});
