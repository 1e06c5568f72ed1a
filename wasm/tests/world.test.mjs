/** Clock, fork, snapshot, journal and seed. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { inspect } from 'node:util';
import vm from 'node:vm';

import { KmsError, PocketKms } from 'pocket-kms';

const START = new Date('2026-01-01T00:00:00Z');
const DAY = 86_400_000;
const ROOT_KEY = new Uint8Array(32).fill(7);

async function newKey(kms) {
  const { KeyMetadata } = await kms.call('CreateKey');
  return KeyMetadata.KeyId;
}

test('seven days later a key whose deletion was scheduled is gone', async () => {
  const kms = await PocketKms.create({ now: START });
  const KeyId = await newKey(kms);
  const { DeletionDate } = await kms.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
  assert.deepEqual(DeletionDate, new Date(START.getTime() + 7 * DAY));
  kms.clock.advance('7d');
  await assert.rejects(kms.call('DescribeKey', { KeyId }), { code: 'NotFoundException' });
  assert.equal(kms.changes().at(-1).operation, null);
});

test('a world without a start runs with the clock of the host', async () => {
  const kms = await PocketKms.create();
  const before = Date.now();
  const now = kms.clock.now.getTime();
  assert.ok(now >= before && now <= Date.now());
  kms.clock.advance(DAY);
  assert.ok(kms.clock.now.getTime() >= before + DAY);
});

test('a clock that stands moves when it is told to alone', async () => {
  const kms = await PocketKms.create({ now: START });
  kms.clock.advance('1d 12h');
  assert.deepEqual(kms.clock.now, new Date('2026-01-02T12:00:00Z'));
  kms.clock.set('2030-06-01T00:00:00.250Z');
  assert.deepEqual(kms.clock.now, new Date('2030-06-01T00:00:00.250Z'));
  kms.clock.resume();
  assert.ok(kms.clock.now >= new Date('2030-06-01T00:00:00.250Z'));
  kms.clock.freeze(START);
  assert.deepEqual(kms.clock.now, START);
});

test('what is not a time moves no clock', async () => {
  const kms = await PocketKms.create({ now: START });
  for (const span of ['', 'soon', '-3d', -1, NaN, Infinity, {}, undefined]) {
    assert.throws(() => kms.clock.advance(span), Error, String(span));
  }
  assert.throws(() => kms.clock.set(new Date(NaN)), TypeError);
  await assert.rejects(PocketKms.create({ now: 'tomorrow' }), TypeError);
  assert.deepEqual(kms.clock.now, START);
});

test('a fork goes its own way', async () => {
  const kms = await PocketKms.create();
  const KeyId = await newKey(kms);
  const fork = kms.fork();
  await fork.call('DisableKey', { KeyId });
  const states = await Promise.all([kms, fork].map((world) => world.call('DescribeKey', { KeyId })));
  assert.deepEqual(states.map((state) => state.KeyMetadata.KeyState), ['Enabled', 'Disabled']);
  assert.notEqual(await newKey(kms), await newKey(fork));
});

test('a snapshot opens with its root key alone', async () => {
  const kms = await PocketKms.create();
  const KeyId = await newKey(kms);
  const { CiphertextBlob } = await kms.call('Encrypt', { KeyId, Plaintext: new Uint8Array([1, 2, 3]) });
  const bytes = kms.snapshot(ROOT_KEY);
  const again = await PocketKms.restore(bytes, ROOT_KEY);
  assert.deepEqual((await again.call('Decrypt', { CiphertextBlob })).Plaintext, new Uint8Array([1, 2, 3]));
  await assert.rejects(PocketKms.restore(bytes, new Uint8Array(32)), /the root key is wrong/);
  await assert.rejects(PocketKms.restore(bytes.slice(9), ROOT_KEY), /not a snapshot/);
  assert.throws(() => kms.snapshot(new Uint8Array(31)), /the root key must be 32 bytes long, not 31/);
});

test('the journal tells every change, and no secret', async () => {
  const kms = await PocketKms.create({ now: START });
  const KeyId = await newKey(kms);
  const before = kms.changes();
  assert.ok(before.length > 0 && before.every((change, at) => change.number === at + 1));
  assert.deepEqual(before[0].time, START);
  await kms.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: KeyId });
  const [change, ...others] = kms.changes(before.length);
  assert.deepEqual(others, []);
  assert.deepEqual([change.operation, change.table, change.row.target], ['CreateAlias', 'aliases', KeyId]);
});

test('a refused call changes nothing', async () => {
  const kms = await PocketKms.create();
  await assert.rejects(kms.call('CreateKey', { KeySpec: 'NOPE' }), KmsError);
  assert.deepEqual(kms.changes(), []);
});

test('a seeded world repeats itself to the byte, however the seed is written', async () => {
  const story = async (seed) => {
    const kms = await PocketKms.create({ seed, now: START });
    const { KeyMetadata } = await kms.call('CreateKey');
    const { CiphertextBlob } = await kms.call('Encrypt', { KeyId: KeyMetadata.KeyId, Plaintext: new Uint8Array(4) });
    const { Plaintext } = await kms.fork().call('GenerateRandom', { NumberOfBytes: 16 });
    return { KeyMetadata, CiphertextBlob, Plaintext };
  };
  const here = new TextEncoder().encode('42');
  const elsewhere = vm.runInNewContext('new Uint8Array([52, 50])');
  const [number, text, bytes, foreign] = await Promise.all([42, '42', here, elsewhere].map(story));
  assert.deepEqual(number, text);
  assert.deepEqual(text, bytes);
  assert.deepEqual(text, foreign);
  assert.notDeepEqual((await story('43')).KeyMetadata.KeyId, text.KeyMetadata.KeyId);
});

test('worlds without a seed never repeat', async () => {
  const random = async (kms) => (await kms.call('GenerateRandom', { NumberOfBytes: 32 })).Plaintext;
  const kms = await PocketKms.create();
  const [here, there, restored] = [kms, kms.fork(), await PocketKms.restore(kms.snapshot(ROOT_KEY), ROOT_KEY)];
  const all = await Promise.all([here, there, restored, await PocketKms.create()].map(random));
  assert.equal(new Set(all.map(String)).size, 4);
});

test('a world that was disposed of says so', async () => {
  const kms = await PocketKms.create();
  const enclave = await kms.enclave();
  const handler = kms.requestHandler();
  const request = { method: 'POST', path: '/', headers: {}, body: '' };
  const { dispose } = kms;
  dispose();
  kms.dispose();
  kms[Symbol.dispose]();
  const told = { message: 'this world has been disposed of' };
  await assert.rejects(kms.call('ListKeys'), told);
  await assert.rejects(kms.enclave(), told);
  await assert.rejects(handler.handle(request), told);
  for (const use of ['fork', 'changes', 'inspect', 'snapshot']) assert.throws(() => kms[use](new Uint8Array(32)), told, use);
  for (const use of [() => kms.clock.now, () => kms.nextDeadline, () => kms.account, () => enclave.attest()]) {
    assert.throws(use, told);
  }
  assert.equal(inspect(kms), 'PocketKms (disposed of)');
});

test('a world that is disposed of while it waits for the host says so', async () => {
  const kms = await PocketKms.create();
  const waiting = kms.call('CreateKey', { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
  kms.dispose();
  await assert.rejects(waiting, /this world has been disposed of/);
});

test('a world shows its account and its time, and refuses to be cloned', async () => {
  const kms = await PocketKms.create({ now: START, account: '000000000007' });
  assert.equal(kms.account, '000000000007');
  const shown = "PocketKms { account: '000000000007', now: 2026-01-01T00:00:00.000Z, frozen: true }";
  assert.equal(inspect(kms, { breakLength: Infinity }), shown);
  assert.throws(() => structuredClone(kms), { name: 'DataCloneError' });
});

const SERVER = { port: 0, hots: 'x' };
/** What each method makes of an option that it does not have. */
const UNKNOWN = {
  'create has no such option': [() => PocketKms.create({ sed: 1 }), "create takes no option 'sed': did you mean 'seed'?"],
  'restore has no seed': [(kms) => PocketKms.restore(kms.snapshot(ROOT_KEY), ROOT_KEY, { seed: 1 }), "restore takes no option 'seed': it takes history, audit, module, proxies, proxyCa"],
  'a call has a Region': [(kms) => kms.call('ListKeys', {}, { regoin: 'eu-west-1' }), "call takes no option 'regoin': did you mean 'region'?"],
  'a server has a host': [(kms) => kms.serve(SERVER), "serve takes no option 'hots': did you mean 'host'?"],
  'a document has user data': [async (kms) => (await kms.enclave()).attest({ userdata: ROOT_KEY }), "attest takes no option 'userdata': did you mean 'userData'?"],
};

for (const [what, [call, message]] of Object.entries(UNKNOWN)) {
  test(`options that nobody knows are refused: ${what}`, async () => {
    const kms = await PocketKms.create();
    await assert.rejects(call(kms), { name: 'TypeError', message });
    assert.deepEqual(kms.changes(), []);
  });
}

test('bytes are bytes in every class, and nothing else is', async () => {
  const kms = await PocketKms.create();
  const snapshot = kms.snapshot(ROOT_KEY.buffer);
  await PocketKms.restore(new DataView(snapshot.buffer), vm.runInNewContext('new Uint8Array(32).fill(7)'));
  assert.equal(kms.inspect(new ArrayBuffer(9)), null);
  for (const wrong of ['text', 7, null, undefined, {}, [1, 2]]) {
    assert.throws(() => kms.snapshot(wrong), { name: 'TypeError', message: 'the root key must be bytes, such as a Uint8Array' });
    assert.throws(() => kms.inspect(wrong), TypeError);
    await assert.rejects(PocketKms.restore(wrong, ROOT_KEY), TypeError);
  }
  for (const seed of [null, {}, [1]]) await assert.rejects(PocketKms.create({ seed }), TypeError);
});

test('keys from the insecure pool are all different, and the same for the same seed', async () => {
  const publicKeys = async () => {
    const kms = await PocketKms.create({ seed: 's', insecureKeyPool: true });
    const keys = [];
    for (let count = 0; count < 50; count += 1) {
      const { KeyMetadata } = await kms.call('CreateKey', { KeySpec: 'RSA_4096', KeyUsage: 'SIGN_VERIFY' });
      const { PublicKey } = await kms.call('GetPublicKey', { KeyId: KeyMetadata.KeyId });
      keys.push(Buffer.from(PublicKey).toString('hex'));
    }
    return keys;
  };
  const keys = await publicKeys();
  assert.equal(new Set(keys).size, 50);
  assert.deepEqual(await publicKeys(), keys);
});

test('to look at a part of a world that was disposed of throws nothing', async () => {
  const kms = await PocketKms.create();
  const proxy = kms.proxy('https://xks.example.com', { keys: ['foo'] });
  const { clock, directory, settings, quotas, stores, clusters, endpointServices } = kms;
  const fault = kms.fault({ fault: 'internal' });
  const parts = { clock, proxy, keys: proxy.keys, directory, settings, quotas, stores, clusters, endpointServices };
  assert.match(inspect(proxy), /^KeyStoreProxy \{/);
  assert.match(inspect(kms.clock), /^Clock \{ now: 2\S+Z, frozen: false \}$/);
  assert.match(inspect(proxy.keys), /^ExternalKeys \{\s+foo: /);
  assert.deepEqual([inspect(quotas), inspect(fault)], ['Quotas {}', 'Faults { fitted: 0, acted: 0 }']);
  const enclave = await kms.enclave();
  assert.equal(inspect(enclave), `Enclave { moduleId: '${enclave.moduleId}' }`);
  kms.dispose();
  for (const [name, part] of Object.entries(parts)) assert.match(inspect(part), /\(this world has been disposed of\)$/, name);
});

test('what is neither a template nor files of records is refused with a sentence', async () => {
  const kms = await PocketKms.create();
  for (const wrong of [null, undefined, 5]) {
    await assert.rejects(kms.loadTemplate(wrong), { name: 'TypeError', message: /^a template is its text by the name of its file/ });
    await assert.rejects(kms.audit.import(wrong), { name: 'TypeError', message: /^records are imported from paths/ });
  }
});
