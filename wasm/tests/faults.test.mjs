/** Faults on demand, and what the AWS SDK's retry modes make of them, its waiting replaced. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { CreateKeyCommand, EncryptCommand, EnableKeyCommand, DescribeKeyCommand, ListKeysCommand, RotateKeyOnDemandCommand, KMSClient } from '@aws-sdk/client-kms';
import { KmsError, PocketKms } from 'pocket-kms';

import { START } from './cases/values.js';

const TSC = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
const { list } = JSON.parse(readFileSync(new URL('../../tests/faults.json', import.meta.url), 'utf8'));

/** A client of a world, without pauses between its attempts. */
function client(kms, retryMode) {
  return new KMSClient({ ...kms.clientConfig(), retryMode });
}

/** A world with a key. */
async function world() {
  const kms = await PocketKms.create({ seed: 'faults', now: START });
  const { KeyMetadata: { KeyId } } = await kms.call('CreateKey');
  return { kms, KeyId };
}

/** Runs `action` while every timer ends at once; tells `paused` and gives the pauses that were asked for, in milliseconds. */
async function withoutPauses(action, paused = () => {}) {
  const pauses = [];
  const { setTimeout: genuine } = globalThis;
  globalThis.setTimeout = (resolve, millis = 0, ...rest) => {
    pauses.push(millis);
    paused(millis);
    return genuine(resolve, 0, ...rest);
  };
  try {
    await action();
  } finally {
    globalThis.setTimeout = genuine;
  }
  return pauses;
}

const COMMANDS = {
  'limit-exceeded': ['EnableKey', EnableKeyCommand],
  conflict: ['RotateKeyOnDemand', RotateKeyOnDemandCommand],
};

for (const mode of ['standard', 'adaptive']) {
  for (const { name, exception, sdk } of list) {
    test(`the mode ${mode} does with ${name} what the table says`, async () => {
      const { kms, KeyId } = await world();
      const sent = client(kms, mode);
      const [operation, Command] = COMMANDS[name] ?? ['Encrypt', EncryptCommand];
      const fault = kms.fault({ fault: name, operation });
      const input = { KeyId, ...(operation === 'Encrypt' ? { Plaintext: new Uint8Array(1) } : {}) };
      await withoutPauses(() => assert.rejects(sent.send(new Command(input)), exception === null ? Error : { name: exception }));
      assert.equal(fault.acted, sdk[mode] === 'not retried' ? 1 : 3);
      fault.dispose();
      await sent.send(new DescribeKeyCommand({ KeyId }));
    });
  }

  test(`the mode ${mode} succeeds where the faults end before its attempts`, async () => {
    const { kms, KeyId } = await world();
    const fault = kms.fault({ fault: 'throttled', count: 2 });
    const sent = client(kms, mode);
    await withoutPauses(async () => {
      const { $metadata } = await sent.send(new DescribeKeyCommand({ KeyId }));
      assert.equal($metadata.attempts, 3);
    });
    assert.equal(fault.acted, 2);
  });

  test(`the mode ${mode} is throttled by a request quota until there is room again`, async () => {
    const { kms, KeyId } = await world();
    kms.settings.update({ 'request-quotas': true, 'request/DescribeKey': 1 });
    const sent = client(kms, mode);
    const attempts = [];
    const describe = async () => {
      for (let count = 0; count < 3; count += 1) {
        const { $metadata } = await sent.send(new DescribeKeyCommand({ KeyId }));
        attempts.push($metadata.attempts);
      }
    };
    // What somebody waits passes in the world, too.
    await withoutPauses(describe, (millis) => kms.clock.advance(millis + 1000));
    // The adaptive mode paces first attempts, too, once it was throttled (LIF-398).
    assert.deepEqual(attempts, mode === 'adaptive' ? [1, 2, 1] : [1, 2, 2]);
    await assert.rejects(Promise.all([1, 2].map(() => kms.call('DescribeKey', { KeyId }))), { code: 'ThrottlingException' });
  });
}

test('every fault of the table has a type and no other', () => {
  const types = readFileSync(new URL('../npm/faults.d.cts', import.meta.url), 'utf8');
  const [, union] = /type FaultName =([^;]*);/.exec(types);
  assert.deepEqual([...union.matchAll(/'([^']+)'/g)].map(([, name]) => name), [...list.map(({ name }) => name), 'slow']);
});

test('a fault ends when it is disposed of, and is told of', async () => {
  const { kms, KeyId } = await world();
  const fault = kms.fault({ fault: 'not-found', key: KeyId, count: 1 }, { fault: 'internal', caller: '444455556666' });
  await assert.rejects(kms.call('DescribeKey', { KeyId }), { code: 'NotFoundException' });
  await kms.call('DescribeKey', { KeyId });
  await assert.rejects(kms.call('ListKeys', {}, { caller: '444455556666' }), { code: 'KMSInternalException' });
  assert.deepEqual([fault.fitted, fault.acted], [3, 2]);
  fault[Symbol.dispose]?.();
  fault.dispose();
  await kms.call('ListKeys', {}, { caller: '444455556666' });
  assert.deepEqual([fault.fitted, fault.acted], [3, 2]);
  const [first, second] = kms.actedFaults();
  assert.deepEqual([first.number, first.operation, first.fault, first.moment, second.fault], [1, 'DescribeKey', 'not-found', 'before', 'internal']);
  assert.ok(first.key.endsWith(KeyId) && first.requestId.length === 36);
  assert.deepEqual(first.time, START);
  assert.equal(kms.actedFaults(1).length, 1);
  assert.equal(kms.fork().actedFaults().length, 0);
});

test('a seed decides which calls meet a probable fault', async () => {
  const met = async (seed) => {
    const kms = await PocketKms.create({ seed, now: START });
    kms.fault({ fault: 'dependency-timeout', probability: 0.3 });
    const calls = [];
    for (let count = 0; count < 64; count += 1) calls.push(await kms.call('ListKeys').then(() => 'answered', ({ code }) => code));
    return calls;
  };
  const [one, again, other] = [await met('one'), await met('one'), await met('other')];
  assert.deepEqual(one, again);
  assert.notDeepEqual(one, other);
  assert.deepEqual(new Set(one), new Set(['answered', 'DependencyTimeoutException']));
});

const BLOCK = `export default async (kms) => {
  {
    using fault = kms.fault({ fault: 'throttled' });
    await kms.call('ListKeys').catch(() => undefined);
    if (fault.acted !== 1) throw new Error('it does not act in the block');
  }
  return kms.call('ListKeys');
};`;

test('a fault ends with the block of its using', async () => {
  const { kms } = await world();
  const folder = mkdtempSync(join(tmpdir(), 'using-'));
  try {
    writeFileSync(join(folder, 'block.mjs'), BLOCK);
    // Not every engine knows `using`: the compiler of TypeScript says it in older words.
    const options = ['--allowJs', '--outDir', 'older', '--target', 'es2022', '--module', 'esnext', '--lib', 'esnext', '--types', ''];
    execFileSync(process.execPath, [TSC, 'block.mjs', ...options], { cwd: folder });
    const { default: act } = await import(pathToFileURL(join(folder, 'older', 'block.mjs')));
    assert.equal((await act(kms)).Keys.length, 1);
    assert.deepEqual(kms.faultRules(), []);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the faults of a world are listed as they were told, with what they have come to', async () => {
  const { kms, KeyId } = await world();
  const fault = kms.fault({ fault: 'throttled', operation: 'DescribeKey', count: 1, retryAfter: 20 }, { fault: 'slow', delay: 1 });
  await assert.rejects(kms.call('DescribeKey', { KeyId }), { code: 'ThrottlingException' });
  await kms.call('DescribeKey', { KeyId });
  const [throttled, slow] = kms.faultRules();
  const told = { fault: 'throttled', moment: 'before', operation: ['DescribeKey'], count: 1, retryAfter: 20 };
  assert.deepEqual(throttled, { id: 1, ...told, fitted: 2, acted: 1 });
  assert.deepEqual([slow.fault, slow.delay, slow.acted], ['slow', 1, 1]);
  fault.dispose();
  assert.deepEqual(kms.faultRules(), []);
});

test('a lost answer has done its work, and is not an answer of KMS', async () => {
  const { kms } = await world();
  const fault = kms.fault({ fault: 'connection-reset', moment: 'after', operation: 'CreateKey' });
  await assert.rejects(kms.call('CreateKey'), (error) => error instanceof KmsError === false && /connection-reset/.test(error.message));
  fault.dispose();
  assert.equal((await kms.call('ListKeys')).Keys.length, 2);
  assert.equal(kms.changes().at(-1).fault, 'connection-reset');
});

test('a slow answer comes later', async () => {
  const { kms, KeyId } = await world();
  const fault = kms.fault({ fault: 'slow', delay: 1500 });
  const pauses = await withoutPauses(async () => {
    await kms.call('DescribeKey', { KeyId });
    await client(kms).send(new DescribeKeyCommand({ KeyId }));
  });
  assert.equal(pauses.filter((pause) => pause === 1500).length, 2);
  fault.dispose();
  assert.deepEqual(await withoutPauses(() => kms.call('DescribeKey', { KeyId })), []);
});

const LATE = { name: 'TimeoutError', message: 'no answer has come within the requestTimeout of 20 ms', code: 'ETIMEDOUT' };

test('a client waits for an answer for as long as it is told to', async () => {
  const kms = await PocketKms.create();
  const fault = kms.fault({ fault: 'slow', delay: 90_000 });
  const short = new KMSClient({ ...kms.clientConfig({ requestTimeout: 20 }), maxAttempts: 1 });
  await assert.rejects(short.send(new CreateKeyCommand({})), LATE);
  const patient = new KMSClient({ ...kms.clientConfig(), maxAttempts: 1 });
  await assert.rejects(patient.send(new CreateKeyCommand({}), { requestTimeout: 20 }), LATE);
  const ending = new AbortController();
  const aborted = patient.send(new CreateKeyCommand({}), { abortSignal: ending.signal, requestTimeout: 80_000 });
  setTimeout(() => ending.abort(), 20);
  await assert.rejects(aborted, { name: 'AbortError' });
  fault.dispose();
  // The world has heard of them all, and whoever waits gets an answer.
  assert.equal((await short.send(new ListKeysCommand({}))).Keys.length, 3);
  kms.fault({ fault: 'slow', delay: 10 });
  assert.equal((await short.send(new ListKeysCommand({}), { requestTimeout: 80_000 })).Keys.length, 3);
  assert.equal((await short.send(new ListKeysCommand({}), { requestTimeout: 0 })).Keys.length, 3);
  for (const requestTimeout of ['20', -1, NaN]) {
    assert.throws(() => kms.requestHandler({ requestTimeout }), { name: 'TypeError', message: `requestTimeout is a number of milliseconds, not ${requestTimeout}` });
  }
});

for (const requestHandler of [{ requestTimeout: 20, throwOnRequestTimeout: true }, { socketTimeout: 20, requestTimeout: 90_000 }]) {
  test(`an intercepted client waits as its own handler does that has ${Object.keys(requestHandler)}`, async () => {
    const kms = await PocketKms.create();
    kms.fault({ fault: 'slow', delay: 90_000 });
    const intercepted = kms.intercept(KMSClient);
    await assert.rejects(new KMSClient({ requestHandler, maxAttempts: 1 }).send(new ListKeysCommand({})), LATE);
    intercepted.dispose();
  });
}

test('an intercepted client that is only to tell of it waits on', async () => {
  const kms = await PocketKms.create();
  kms.fault({ fault: 'slow', delay: 60 });
  const intercepted = kms.intercept(KMSClient);
  const telling = new KMSClient({ requestHandler: { requestTimeout: 20 }, maxAttempts: 1 });
  assert.deepEqual((await telling.send(new ListKeysCommand({}))).Keys, []);
  intercepted.dispose();
});

test('a served world breaks connections and takes its time', async () => {
  const kms = await PocketKms.create();
  const server = await kms.serve();
  const sent = new KMSClient({ region: 'eu-west-1', endpoint: server.url, credentials: { accessKeyId: 'a', secretAccessKey: 'x' }, maxAttempts: 1 });
  const inProcess = new KMSClient({ ...kms.clientConfig(), maxAttempts: 1 });
  const reset = kms.fault({ fault: 'connection-reset', count: 2 });
  for (const client of [sent, inProcess]) {
    await assert.rejects(client.send(new ListKeysCommand({})), { name: 'TimeoutError', code: 'ECONNRESET' });
  }
  assert.equal(reset.acted, 2);
  kms.fault({ fault: 'slow', delay: 200, count: 1 });
  const started = performance.now();
  await sent.send(new ListKeysCommand({}));
  assert.ok(performance.now() - started >= 199);
  sent.destroy();
  await server.close();
});

const WRONG = [
  [[{ fault: 'throttle' }], /there is no fault 'throttle'/],
  [[{ fault: 'throttled', operation: 'Encrypted' }], /there is no operation 'Encrypted'/],
  [[{ fault: 'conflict', operation: 'Encrypt' }], /never answers with ConflictException/],
  [[{ fault: 'slow' }], /delay/],
  [[{ fault: 'throttled' }, { fault: 'nonsense' }], /'nonsense'/],
  [[{ operation: 'Encrypt' }], /must say which one/],
  [['throttled'], /a fault is a structure/],
];

for (const [faults, message] of WRONG) {
  test(`${JSON.stringify(faults)} is refused and leaves nothing behind`, async () => {
    const kms = await PocketKms.create();
    assert.throws(() => kms.fault(...faults), { name: 'ValidationException', message });
    await kms.call('ListKeys');
  });
}
