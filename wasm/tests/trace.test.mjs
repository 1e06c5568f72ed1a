/** What is told of a call step by step, and of a ciphertext that stays closed. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { KmsError, PocketKms } from 'pocket-kms';

const START = new Date('2026-01-01T00:00:00Z');
const OTHER = '444455556666';

const fates = ({ course }) => Object.fromEntries(course.steps.map(({ step, fate }) => [step, fate]));
const step = ({ course }, name) => course.steps.find((found) => found.step === name);

async function world() {
  const kms = await PocketKms.create({ seed: 'trace', now: START });
  const { KeyMetadata } = await kms.call('CreateKey');
  await kms.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: KeyMetadata.KeyId });
  return { kms, arn: KeyMetadata.Arn };
}

test('a traced call is the same call, and tells its ten steps', async () => {
  const [{ kms, arn }, { kms: twin }] = [await world(), await world()];
  const input = { KeyId: 'alias/a', Plaintext: new Uint8Array(5), EncryptionContext: { tenant: '7' } };
  const traced = await kms.trace('Encrypt', input);
  const { CiphertextBlob } = await twin.call('Encrypt', input);
  assert.deepEqual(traced.reply.CiphertextBlob, CiphertextBlob);
  assert.equal(traced.error, null);
  assert.deepEqual(new Set(Object.values(fates(traced))), new Set(['passed']));
  const [name] = step(traced, 'keys').names;
  assert.deepEqual([name.form, name.key], ['alias name', arn]);
  const { given, answered, contexts } = step(traced, 'performance');
  assert.deepEqual(given.find(({ member }) => member === 'Plaintext'), { member: 'Plaintext', length: 5, secret: true });
  assert.equal(answered.find(({ member }) => member === 'CiphertextBlob').cipher, 'AES-256-GCM');
  assert.deepEqual(contexts, [{ member: 'EncryptionContext', pairs: { tenant: '7' } }]);
  const [record] = step(traced, 'record').records;
  assert.equal(kms.audit.records({ operation: 'Encrypt' }).records[0].eventID, record.eventId);
  assert.deepEqual(traced.course.time, START);
});

test('whoever only looks draws nothing, and a refused call does', async () => {
  const { kms, arn } = await world();
  const drew = async (operation, input) => (await kms.trace(operation, input)).drew;
  assert.equal(await drew('DescribeKey', { KeyId: arn }), false);
  assert.equal(await drew('DescribeKey', { KeyId: 'alias/nothing' }), false);
  assert.equal(await drew('Encrypt', { KeyId: 'alias/nothing', Plaintext: new Uint8Array(1) }), true);
  // The first look at an AWS managed key makes it.
  assert.equal(await drew('DescribeKey', { KeyId: 'alias/aws/s3' }), true);
  assert.equal(await drew('DescribeKey', { KeyId: 'alias/aws/s3' }), false);
});

test('a refusal is told where it happened, and not thrown', async () => {
  const { kms, arn } = await world();
  const denied = await kms.trace('Encrypt', { KeyId: arn, Plaintext: new Uint8Array(1) }, { caller: OTHER });
  assert.deepEqual([denied.reply, denied.error.code], [null, 'AccessDeniedException']);
  assert.equal(fates(denied).decision, 'refused');
  assert.equal(fates(denied).state, 'not reached');
  assert.equal(denied.error.reasons.length, 1);
  assert.equal(denied.decisions[0].ruling, 'not allowed');
  const unknown = await kms.trace('Guess', {});
  assert.deepEqual([unknown.error.code, fates(unknown).operation], ['UnknownOperationException', 'refused']);
  await assert.rejects(kms.trace('ListKeys', {}, { caller: 'nobody' }), KmsError);
  await assert.rejects(kms.trace('ListKeys', {}, { guess: 1 }), TypeError);
  const nowhere = await kms.trace('ListKeys', {}, { region: 'nowhere' });
  assert.deepEqual([nowhere.course, nowhere.reply], [null, null]);
});

test('what is explained or simulated has its course, too', async () => {
  const { kms, arn } = await world();
  const input = { KeyId: arn, Plaintext: new Uint8Array(1) };
  for (const { course } of [kms.explain('Encrypt', input), kms.simulate('Encrypt', input)]) {
    assert.equal(course.requestId, null);
    assert.deepEqual([fates({ course }).state, fates({ course }).performance], ['passed', 'not reached']);
  }
});

test('a ciphertext tells its owner what keeps it closed', async () => {
  const { kms, arn } = await world();
  const other = (await kms.call('CreateKey')).KeyMetadata.KeyId;
  const sealed = { KeyId: arn, Plaintext: new Uint8Array(5), EncryptionContext: { tenant: '7' } };
  const { CiphertextBlob: blob } = await kms.call('Encrypt', sealed);
  const verdict = (bytes, options) => kms.inspect(bytes, options).Verdict;
  assert.equal(verdict(blob, { encryptionContext: { tenant: '7' } }), 'opens');
  const said = kms.inspect(blob, { encryptionContext: { tenant: '8' } });
  assert.deepEqual([said.Verdict, said.EncryptionContext, said.KnownFrom.EventName], ['another context', { tenant: '7' }, 'Encrypt']);
  assert.deepEqual([said.MadeBy, said.KeyState, said.PlaintextLength], [arn, 'Enabled', 5]);
  assert.equal(verdict(blob, { key: other }), 'another key');
  assert.equal(verdict(blob.slice(0, -1), {}), 'not a blob');
  assert.equal((await PocketKms.create()).inspect(blob, {}).Verdict, 'unknown key');
  const altered = Uint8Array.from(blob, (byte, at) => (at === blob.length - 1 ? byte ^ 1 : byte));
  assert.equal(verdict(altered, {}), 'altered or unknown context');
  assert.throws(() => kms.inspect(blob, { key: 'alias/none' }), KmsError);
  assert.throws(() => kms.inspect(blob, { guess: 1 }), TypeError);
});
