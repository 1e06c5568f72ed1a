/** What tests expect of calls: whether it holds, and what they read where it does not. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { PocketKms } from 'pocket-kms';

const APP = 'arn:aws:iam::111122223333:role/App';
const EVE = 'arn:aws:iam::444455556666:user/eve';
const BLUE = { tenant: 'blue' };

async function world() {
  const kms = await PocketKms.create();
  const { KeyMetadata: { KeyId, Arn } } = await kms.call('CreateKey');
  await kms.call('CreateAlias', { AliasName: 'alias/orders', TargetKeyId: KeyId });
  const encrypt = (EncryptionContext, caller) => kms.call('Encrypt', { KeyId: Arn, Plaintext: Buffer.from('hello'), EncryptionContext }, { caller });
  const { CiphertextBlob } = await encrypt(BLUE, APP);
  await kms.call('Decrypt', { CiphertextBlob, EncryptionContext: BLUE });
  return { kms, KeyId, Arn, encrypt };
}

/** What an expectation that fails throws. */
function failure(expectation) {
  try {
    expectation();
  } catch (error) {
    return error;
  }
  return assert.fail('the expectation holds');
}

test('expectations that hold say nothing', async () => {
  const { kms, KeyId, Arn } = await world();
  kms.audit.assertCalled('Decrypt', { key: KeyId, encryptionContext: BLUE, times: 1 });
  kms.audit.assertCalled(['Encrypt', 'Decrypt'], { key: 'alias/orders', atLeast: 2 });
  kms.audit.assertCalled('Encrypt', { caller: APP, key: Arn, outcome: 'ok', from: new Date(0), to: Date.now() + 60_000 });
  kms.audit.assertNotCalled('Encrypt', { encryptionContext: { tenant: 'red' } });
  kms.audit.assertAll({ encryptionContext: BLUE });
  kms.audit.assertInOrder('CreateKey', { operation: 'Encrypt', caller: APP }, 'Decrypt');
  kms.audit.neverDenied();
});

test('one that fails throws what node:assert throws, with the nearest records', async () => {
  const { kms, KeyId } = await world();
  const error = failure(() => kms.audit.assertCalled('Decrypt', { key: KeyId, encryptionContext: { tenant: 'red' }, times: 1 }));
  assert.ok(error instanceof Error);
  assert.deepEqual([error.name, error.code, error.operator], ['AssertionError', 'ERR_ASSERTION', 'fail']);
  assert.match(error.message, /Decrypt/);
  assert.match(error.message, /red/);
  assert.match(error.message, /blue/);
  assert.ok(error.records.some(({ eventName }) => eventName === 'Decrypt'));
  // The test itself comes first in the stack, and no frame of the package.
  assert.match(error.stack.split('\n').find((line) => line.trimStart().startsWith('at ')), /audit-assertions\.test\.mjs/);
});

test('each rule fails where it should', async () => {
  const { kms, encrypt } = await world();
  const { audit } = kms;
  assert.match(failure(() => audit.assertNotCalled('Decrypt')).message, /Decrypt/);
  assert.match(failure(() => audit.assertCalled('Encrypt', { atLeast: 2 })).message, /found 1/);
  assert.match(failure(() => audit.assertCalled('Encrypt', { atMost: 0 })).message, /found 1/);
  assert.match(failure(() => audit.assertInOrder('Decrypt', 'Encrypt')).message, /Encrypt/);
  await encrypt({ tenant: 'red' });
  assert.match(failure(() => audit.assertAll({ encryptionContext: BLUE }, { operation: 'Encrypt' })).message, /1 of 2/);
  await assert.rejects(encrypt(BLUE, EVE));
  assert.match(failure(() => audit.neverDenied({ caller: EVE })).message, /Encrypt/);
  audit.neverDenied({ caller: APP });
});

test('members that nobody knows are refused by name', async () => {
  const { kms } = await world();
  const refused = failure(() => kms.audit.assertCalled('Decrypt', { encryption_contxt: {} }));
  assert.deepEqual([refused.name, refused.code], ['ValidationException', 'ValidationException']);
  assert.match(refused.message, /encryption_contxt.*encryptionContext/);
  assert.throws(() => kms.audit.assertCalled('Decript'), { code: 'ValidationException', message: /Decript/ });
  assert.throws(() => kms.audit.assertCalled('Decrypt', { times: -1 }), { code: 'ValidationException' });
  assert.throws(() => kms.audit.events({ from: 'yesterday' }), { code: 'ValidationException' });
});

test('what is denied from now on fails where nobody awaits it', async () => {
  const { kms, KeyId, Arn } = await world();
  await assert.rejects(kms.call('DescribeKey', { KeyId: Arn }, { caller: EVE }));
  const none = kms.audit.undenied();
  const some = kms.audit.undenied({ caller: EVE, operation: 'DescribeKey' });
  none.dispose();
  await kms.call('DescribeKey', { KeyId });
  await assert.rejects(kms.call('DescribeKey', { KeyId: Arn }, { caller: EVE }));
  some.dispose();
  assert.match(failure(none.dispose).message, /DescribeKey/);
  await assert.rejects(kms.call('GetPublicKey', { KeyId: Arn }, { caller: EVE }));
  assert.match(failure(some.dispose).message, /GetPublicKey/);
});
