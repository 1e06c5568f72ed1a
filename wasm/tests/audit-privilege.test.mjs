/** What recorded calls needed, and what nobody needs. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { PocketKms } from 'pocket-kms';

const APP = 'arn:aws:iam::111122223333:role/App';

/** A role that may do everything with a key, and has encrypted with a context. */
async function world() {
  const kms = await PocketKms.create();
  kms.directory.role(APP, { policies: [{ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*' } }] });
  const { KeyMetadata: { KeyId, Arn } } = await kms.call('CreateKey');
  const encrypt = { KeyId, Plaintext: Buffer.from('hello'), EncryptionContext: { tenant: 'blue' } };
  await kms.call('Encrypt', encrypt, { caller: APP });
  return { kms, KeyId, Arn, encrypt };
}

test('the least privilege lets the recorded calls through, and nothing else', async () => {
  const { kms, KeyId, Arn, encrypt } = await world();
  const { policy, calls } = kms.audit.leastPrivilege(APP);
  assert.equal(calls, 1);
  assert.deepEqual(policy.Statement.map(({ Action, Resource }) => [[Action].flat(), [Resource].flat()]), [[['kms:Encrypt'], [Arn]]]);
  const allowed = (operation, input) => kms.simulate(operation, input, { caller: APP, identityPolicies: [policy] }).allowed;
  assert.deepEqual([allowed('Encrypt', encrypt), allowed('Encrypt', { ...encrypt, EncryptionContext: {} })], [true, false]);
  assert.equal(allowed('DescribeKey', { KeyId }), false);
  assert.equal(kms.audit.leastPrivilege(APP, { to: new Date(0) }).policy, null);
  assert.throws(() => kms.audit.leastPrivilege(APP, { form: 'wish' }), { code: 'ValidationException', message: /form: / });
});
