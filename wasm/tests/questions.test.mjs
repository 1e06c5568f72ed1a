/** Questions about policies: the core answers, the package passes them on. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { PocketKms } from 'pocket-kms';

const ALICE = 'arn:aws:iam::111122223333:user/alice';
const APP = 'arn:aws:iam::111122223333:role/App';
const ROOT = 'arn:aws:iam::111122223333:root';

function document(...Statement) {
  return { Version: '2012-10-17', Statement };
}

function allow(Action, members = {}) {
  return { Effect: 'Allow', Action, Resource: '*', ...members };
}

/** A key that Alice decrypts with for the tenant blue, and a role that may encrypt. */
async function world() {
  const kms = await PocketKms.create();
  const { KeyMetadata: { KeyId } } = await kms.call('CreateKey');
  kms.directory.user(ALICE);
  kms.directory.role(APP, { policies: [document(allow('kms:Encrypt'))] });
  const Condition = { StringEquals: { 'kms:EncryptionContext:tenant': 'blue' } };
  const statements = [allow('kms:*', { Principal: { AWS: ROOT } }), { Sid: 'Blue', ...allow('kms:Decrypt', { Principal: { AWS: ALICE }, Condition }) }];
  await kms.call('PutKeyPolicy', { KeyId, Policy: JSON.stringify(document(...statements)) });
  await kms.call('CreateAlias', { AliasName: 'alias/orders', TargetKeyId: KeyId });
  return { kms, KeyId };
}

test('whoCan tells everybody with his path and the conditions that remain', async () => {
  const { kms, KeyId } = await world();
  const answer = kms.whoCan('kms:Decrypt', 'alias/orders');
  assert.ok(answer.resource.endsWith(KeyId));
  const able = Object.fromEntries(answer.principals.map((one) => [one.principal, one]));
  assert.deepEqual([Object.keys(able).sort(), answer.everyone], [[ROOT, ALICE].sort(), null]);
  const [path] = able[ALICE].paths;
  assert.deepEqual([able[ALICE].conditional, path.sid, path.conditions[0].values], [true, 'Blue', ['blue']]);
  const names = (options) => kms.whoCan('kms:Decrypt', KeyId, options).principals.map(({ principal }) => principal);
  assert.deepEqual(names({ closed: true }), [ROOT]);
  assert.deepEqual(names({ context: { 'kms:EncryptionContext:tenant': 'blue' } }).sort(), [ROOT, ALICE].sort());
});

test('whatCan is the reverse', async () => {
  const { kms, KeyId } = await world();
  const { keys: [{ key, actions }] } = kms.whatCan(APP);
  assert.ok(key.endsWith(KeyId));
  assert.deepEqual(actions.map(({ action }) => action), ['kms:Encrypt']);
  assert.deepEqual(kms.whatCan(APP, { actions: ['kms:Decrypt'] }).keys, []);
});

test('simulate decides by documents that are not installed', async () => {
  const { kms, KeyId } = await world();
  const allowed = (documents) => kms.simulate('DescribeKey', { KeyId }, { caller: APP, ...documents }).allowed;
  const identityPolicies = [document(allow('kms:DescribeKey'))];
  assert.deepEqual([allowed({}), allowed({ identityPolicies })], [false, true]);
  assert.equal(allowed({ identityPolicies, permissionsBoundary: document(allow('kms:Encrypt')) }), false);
  assert.equal(allowed({ keyPolicy: document(allow('kms:DescribeKey', { Principal: { AWS: APP } })) }), true);
  assert.equal(kms.explain('DescribeKey', { KeyId }, { caller: APP }).allowed, false);
});

test('what cannot be asked is refused with its place', async () => {
  const { kms } = await world();
  assert.throws(() => kms.whoCan('kms:MakeCoffee', 'alias/orders'), { message: /action/ });
  assert.throws(() => kms.whoCan('kms:Decrypt', 'alias/none'), { code: 'NotFoundException' });
  assert.throws(() => kms.whatCan('Alice'), { message: /Alice/ });
  assert.throws(() => kms.whoCan('kms:Decrypt', 'alias/orders', { contxt: {} }), { message: /did you mean 'context'/ });
});

test('exposure says whether anybody outside can ever use a key', async () => {
  const { kms, KeyId } = await world();
  assert.deepEqual([kms.exposure(KeyId).exposed, kms.exposure(KeyId).outside], ['no', []]);
  const policy = document(allow('kms:Decrypt', { Principal: { AWS: 'arn:aws:iam::444455556666:role/Partner' } }));
  const { exposed, outside, witness } = kms.exposure(KeyId, { policy });
  assert.deepEqual([exposed, outside[0].actions, witness !== undefined], ['yes', ['kms:Decrypt'], true]);
  assert.equal(kms.exposure(KeyId, { policy, within: ['444455556666'] }).exposed, 'no');
});
