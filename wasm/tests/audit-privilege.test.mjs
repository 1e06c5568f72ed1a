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
  assert.equal(kms.audit.leastPrivilege(APP, { filter: { to: new Date(0) } }).policy, null);
  assert.throws(() => kms.audit.leastPrivilege(APP, { form: 'wish' }), { code: 'ValidationException', message: /form: / });
});

test('the least privilege is written as infrastructure code, too', async () => {
  const { kms } = await world();
  const { files } = await kms.audit.leastPrivilegeAs('cloudformation', APP);
  const { policy } = kms.audit.leastPrivilege(APP);
  const other = await PocketKms.fromTemplate(files);
  assert.deepEqual(other.directory.toJSON().principals[APP].policies, { 'least-privilege': policy });
});

test('what was granted and never needed is told', async () => {
  const { kms } = await world();
  const { statements: [statement], needed, trusted } = kms.audit.unused(APP);
  assert.deepEqual([statement.layer, statement.used, trusted], ['identity policies', true, false]);
  assert.deepEqual(statement.actions[0].used, ['kms:Encrypt']);
  assert.ok(statement.actions[0].unused.Write.includes('kms:Decrypt'));
  assert.deepEqual(needed.map(({ action, times }) => [action, times]), [['kms:Encrypt', 1]]);
});

test('a key tells its users, and who would miss it', async () => {
  const { kms, KeyId, Arn } = await world();
  const { users, key } = kms.audit.usersOf(KeyId);
  const app = users.find(({ principal }) => principal === APP);
  assert.deepEqual([key, app.times, app.contexts, app.operations[0].operation], [Arn, 1, { tenant: ['blue'] }, 'Encrypt']);
  const { safe, callers } = kms.audit.dryDeletion(Arn);
  const missing = callers.find(({ principal }) => principal === APP).operations[0];
  assert.deepEqual([safe, missing.operation, missing.error], [false, 'Encrypt', 'KMSInvalidStateException']);
  assert.equal(kms.audit.dryDeletion(Arn, { filter: { operation: 'Sign' } }).safe, true);
  assert.deepEqual(kms.audit.findings(), []);
  await kms.call('DisableKey', { KeyId });
  assert.deepEqual(kms.audit.findings().map(({ finding, subject }) => [finding, subject]), [['key-disabled', Arn]]);
});

test('two worlds and two moments are compared', async () => {
  const { kms, KeyId } = await world();
  const fork = kms.fork();
  assert.equal(kms.audit.diff(fork).same, true);
  await fork.call('CreateAlias', { AliasName: 'alias/orders', TargetKeyId: KeyId });
  const { changes, text } = kms.audit.diff(fork);
  assert.deepEqual(changes.map(({ change, of }) => [change, of]), [['added', 'alias']]);
  assert.match(text, /alias\/orders/);
  const kept = await PocketKms.create({ history: true, now: '2030-01-01T00:00:00Z' });
  kept.clock.advance('1h');
  await kept.call('CreateKey');
  assert.deepEqual(kept.audit.diff({ from: '2030-01-01T00:00:00Z' }).changes.map(({ change, of }) => [change, of]), [['added', 'key']]);
  assert.throws(() => kms.audit.diff({ from: '2020-01-01T00:00:00Z' }), { code: 'ValidationException', message: /from: the world keeps no history/ });
});
