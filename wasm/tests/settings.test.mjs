/** Settings of a world, and a world as it was. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { PocketKms } from 'pocket-kms';

import { START } from './cases/values.js';

const DAY = 86_400_000;

/** This many days after the start. */
const day = (days) => new Date(START.getTime() + days * DAY);

test('settings are told as they were made', async () => {
  const kms = await PocketKms.create({ now: START });
  assert.deepEqual(kms.settings.toJSON(), {});
  kms.settings.update({ 'quota/keys': 3, 'request/CreateKey@eu-west-1': 0.5, consistency: 'aws' });
  kms.quotas.update({ 'aliases-per-key': 1 });
  assert.equal(kms.settings.get('quota/keys'), 3);
  assert.equal(kms.quotas.get('keys'), 3);
  assert.deepEqual(kms.quotas.toJSON(), { keys: 3, 'aliases-per-key': 1 });
  assert.deepEqual(kms.fork().settings.toJSON(), kms.settings.toJSON());
  kms.settings.update({ 'quota/keys': null, 'quota/aliases-per-key': null, consistency: 'default', 'strict-regions': true });
  assert.deepEqual(kms.settings.toJSON(), { 'request/CreateKey@eu-west-1': 0.5, 'strict-regions': 1 });
  assert.equal(kms.settings.get('quota/keys'), undefined);
  assert.equal(kms.changes()[0].operation, null);
});

test('every quota tells how full it is', async () => {
  const kms = await PocketKms.create();
  const { KeyMetadata: { Arn } } = await kms.call('CreateKey');
  await kms.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: Arn });
  kms.quotas.update({ keys: 3 });
  const named = (name, of) => kms.quotas.used(of).find((quota) => quota.name === name);
  assert.deepEqual(named('quota/keys'), { name: 'quota/keys', limit: 3, usage: 1, enforced: true });
  assert.equal(named('quota/aliases-per-key').key, Arn);
  assert.equal(named('request/CreateKey').enforced, false);
  assert.equal(named('quota/keys', { account: '444455556666', region: 'eu-west-1' }).usage, 0);
  assert.throws(() => kms.quotas.used({ account: '1' }), /an account is twelve digits, not '1'/);
  assert.throws(() => kms.quotas.used({ region: 'here' }), /'here' is not a Region/);
  assert.throws(() => kms.quotas.used({ Region: 'eu-west-1' }), /did you mean 'region'\?/);
});

test('what is not a setting is refused, and nothing is set', async () => {
  const kms = await PocketKms.create();
  for (const [settings, message] of [
    [{ 'quota/keys': 1, 'quota/key': 1 }, /it has keys, aliases-per-key/],
    [{ 'quota/keys': -1 }, /a whole number from 0/],
    [{ 'lag/new-key@eu-west-1': 1 }, /of the whole world alone/],
    [{ consistency: 'best' }, /default, aws, aws-worst/],
  ]) {
    assert.throws(() => kms.settings.update(settings), { message });
  }
  assert.deepEqual([kms.settings.toJSON(), kms.changes()], [{}, []]);
});

test('a world is given as it was, with the secrets of then', async () => {
  const kms = await PocketKms.create({ seed: 'history', now: START, history: true });
  const { KeyMetadata: { KeyId } } = await kms.call('CreateKey');
  const { CiphertextBlob } = await kms.call('Encrypt', { KeyId, Plaintext: new Uint8Array(3) });
  const created = kms.changes().at(-1).number;
  await kms.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
  kms.clock.advance('8d');
  await assert.rejects(kms.call('Decrypt', { CiphertextBlob }), { code: 'NotFoundException' });
  const [deletion] = kms.events();
  assert.deepEqual(deletion.time, day(7));
  assert.equal(kms.changes().at(-1).due.kind, deletion.kind);
  for (const then of [START, '2026-01-01T02:00:00+02:00', created]) {
    const fork = kms.at(then);
    assert.deepEqual([fork.clock.now, fork.clock.frozen], [START, true]);
  }
  assert.equal((await kms.at(created).call('Decrypt', { CiphertextBlob })).Plaintext.length, 3);
  assert.equal((await kms.at(day(6)).call('DescribeKey', { KeyId })).KeyMetadata.KeyState, 'PendingDeletion');
  assert.deepEqual(kms.at(day(9)).clock.now, day(9));
  assert.deepEqual(kms.clock.now, day(8));
});

test('a world keeps no history that nobody asks for', async () => {
  const kms = await PocketKms.create({ now: START });
  kms.clock.advance('1d');
  for (const then of [START, 1]) assert.throws(() => kms.at(then), /keeps no history/);
  for (const then of ['yesterday', -1, 0.5, NaN]) assert.throws(() => kms.at(then), TypeError);
  for (const history of [-1, 1.5, 'yes', NaN]) {
    await assert.rejects(PocketKms.create({ history }), { name: 'TypeError', message: /how many states to keep/ });
  }
  const few = await PocketKms.create({ now: START, history: 2 });
  for (let key = 0; key < 5; key += 1) await few.call('CreateKey');
  assert.throws(() => few.at(1), /oldest revision that is kept/);
  const newest = few.changes().at(-1).number;
  const again = await PocketKms.restore(few.snapshot(new Uint8Array(32)), new Uint8Array(32), { history: true });
  await again.call('CreateKey');
  assert.equal((await again.at(newest).call('ListKeys')).Keys.length, 5);
});
