/** Faults with a predicate: a function of JavaScript says of each call that fits whether the fault applies. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { CreateKeyCommand, DescribeKeyCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { PocketKms } from 'pocket-kms';

import { START } from './cases/values.js';

const plaintext = new TextEncoder().encode('hello');

/** A world with two keys. */
async function world(options = {}) {
  const kms = await PocketKms.create({ seed: 'predicates', now: START, ...options });
  const { KeyMetadata: { KeyId: one, Arn } } = await kms.call('CreateKey');
  const { KeyMetadata: { KeyId: other } } = await kms.call('CreateKey');
  return { kms, one, other, Arn };
}

test('a function chooses the calls of every door', async () => {
  const { kms, one, other, Arn } = await world();
  const calls = [];
  const when = (call) => {
    calls.push(call);
    return call.input.KeyId === one;
  };
  const fault = kms.fault({ fault: 'throttled', operation: 'Encrypt', when });
  const client = new KMSClient({ ...kms.clientConfig(), maxAttempts: 1 });
  await kms.call('DescribeKey', { KeyId: one });
  await kms.call('Encrypt', { KeyId: other, Plaintext: plaintext });
  await assert.rejects(kms.call('Encrypt', { KeyId: one, Plaintext: plaintext }), { code: 'ThrottlingException' });
  await assert.rejects(client.send(new EncryptCommand({ KeyId: one, Plaintext: plaintext })), { name: 'ThrottlingException' });
  await client.send(new EncryptCommand({ KeyId: other, Plaintext: plaintext }));
  const [rule] = kms.faultRules();
  assert.deepEqual([rule.when, fault.fitted, fault.acted, calls.length], [true, 2, 2, 4]);
  assert.deepEqual(calls[1], {
    operation: 'Encrypt',
    key: Arn,
    caller: `arn:aws:iam::${kms.account}:root`,
    region: 'us-east-1',
    time: new Date(START),
    input: { KeyId: one, Plaintext: 'aGVsbG8=' },
  });
  fault.dispose();
  await kms.call('Encrypt', { KeyId: one, Plaintext: plaintext });
  assert.equal(calls.length, 4);
});

test('what a function throws goes to the caller, and nothing has happened', async () => {
  const { kms } = await world();
  const before = kms.changes();
  const fault = kms.fault({ fault: 'throttled', operation: 'CreateKey', when() { throw new RangeError('mine'); } });
  await assert.rejects(kms.call('CreateKey'), { name: 'RangeError', message: 'mine' });
  await assert.rejects(new KMSClient({ ...kms.clientConfig(), maxAttempts: 1 }).send(new CreateKeyCommand({})), /mine/);
  assert.deepEqual([kms.changes(), fault.fitted, fault.acted], [before, 0, 0]);
});

test('a function may call its world, and one that asks for itself without end is refused', async () => {
  const { kms, one, other } = await world();
  let inner;
  const fault = kms.fault({
    fault: 'internal',
    operation: 'DescribeKey',
    when: ({ input }) => {
      if (input.KeyId === other) return false;
      inner = kms.call('DescribeKey', { KeyId: other });
      kms.clock.advance('1d');
      fault.dispose();
      return true;
    },
  });
  await kms.call('DescribeKey', { KeyId: one });
  assert.equal((await inner).KeyMetadata.KeyId, other);
  assert.equal(kms.clock.now - new Date(START), 86_400_000);
  const refused = [];
  const endless = kms.fault({ fault: 'internal', when: () => {
    refused.push(kms.call('ListKeys').catch(({ name }) => name));
    return true;
  } });
  await assert.rejects(kms.call('ListKeys'), { code: 'KMSInternalException' });
  assert.equal((await Promise.all(refused)).filter((name) => name === 'RangeError').length, 1);
  endless.dispose();
  await kms.call('ListKeys');
});

test('what is not a function, or does not answer at once, is refused', async () => {
  const { kms } = await world();
  for (const when of ['Encrypt', true, 7]) {
    assert.throws(() => kms.fault({ fault: 'throttled', when }), { name: 'TypeError', message: /^when is a function/ });
  }
  assert.throws(() => kms.fault({ fault: 'throttled', count: 0, when: () => true }), { message: /count must be/ });
  assert.deepEqual(kms.faultRules(), []);
  kms.fault({ fault: 'throttled', count: 1, when: undefined }).dispose();
  // What becomes of the promise reaches nobody: a rejection that nobody handles would fail this test.
  for (const when of [async () => true, async () => { throw new Error('mine'); }]) {
    const fault = kms.fault({ fault: 'throttled', when });
    await assert.rejects(kms.call('ListKeys'), { name: 'TypeError', message: /not an async function/ });
    fault.dispose();
  }
  await new Promise((resolve) => { setImmediate(resolve); });
});

test('a fork has no such fault, and a recipe cannot tell it', async () => {
  const { kms } = await world({ keepRecipe: true });
  assert.equal(kms.recipe().steps.length, 2);
  kms.fault({ fault: 'throttled', when: () => true });
  await kms.fork().call('ListKeys');
  assert.throws(() => kms.recipe(), /a function decided about a fault/);
});

test('a served world asks its function, and takes none over HTTP', async () => {
  const { kms, one } = await world();
  kms.fault({
    fault: 'throttled',
    when({ operation, input }) {
      if (operation === 'CreateKey') throw new RangeError('mine');
      return input.KeyId === one;
    },
  });
  const warned = new Promise((resolve) => { process.once('warning', resolve); });
  const served = await kms.serve({ port: 0 });
  try {
    const credentials = { accessKeyId: kms.account, secretAccessKey: 'any' };
    const client = new KMSClient({ region: 'us-east-1', endpoint: served.url, credentials, maxAttempts: 1 });
    await assert.rejects(client.send(new DescribeKeyCommand({ KeyId: one })), { name: 'ThrottlingException' });
    await assert.rejects(client.send(new CreateKeyCommand({})), { name: 'KMSInternalException', message: /has failed: nothing was done/ });
    assert.equal((await warned).message, 'mine');
    const answer = await fetch(`${served.url}/_pocket-kms/faults`, { method: 'POST', body: '{"fault": "throttled", "when": true}', headers: { 'content-type': 'application/json' } });
    assert.equal(answer.status, 400);
    assert.match((await answer.json()).message, /^when is a function/);
    client.destroy();
  } finally {
    await served.close();
  }
  assert.equal((await kms.call('ListKeys')).Keys.length, 2);
});
