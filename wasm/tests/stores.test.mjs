/** Custom key stores by the AWS SDK, over clusters and proxies that a test breaks. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';

import {
  ConnectCustomKeyStoreCommand, CreateCustomKeyStoreCommand, CreateKeyCommand, DecryptCommand,
  DescribeCustomKeyStoresCommand, DescribeKeyCommand, DisconnectCustomKeyStoreCommand, EncryptCommand, KMSClient,
} from '@aws-sdk/client-kms';
import { PocketKms } from 'pocket-kms';

const CLUSTER = 'cluster-2ab3cdefghi';
const PASSWORD = 'kmsPswd1234';
const ENDPOINT = 'https://xks.example.com';
const ANCHOR = '-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQk9hYWJjZGVmZ2hpams=\n-----END CERTIFICATE-----\n';
const Plaintext = new TextEncoder().encode('hello');

/** A world, and what the tests do with its client. */
async function world() {
  const kms = await PocketKms.create({ now: '2026-11-22T00:00:00Z' });
  const client = new KMSClient({ ...kms.clientConfig(), maxAttempts: 1 });
  const send = (Command, input = {}) => client.send(new Command(input));
  const described = async (CustomKeyStoreId) => (await send(DescribeCustomKeyStoresCommand, { CustomKeyStoreId })).CustomKeyStores[0];
  const connected = async (members) => {
    const { CustomKeyStoreId } = await send(CreateCustomKeyStoreCommand, members);
    await send(ConnectCustomKeyStoreCommand, { CustomKeyStoreId });
    return CustomKeyStoreId;
  };
  return { kms, send, described, connected };
}

const HSM_STORE = { CustomKeyStoreName: 'hsm', CloudHsmClusterId: CLUSTER, TrustAnchorCertificate: ANCHOR, KeyStorePassword: PASSWORD };
const EXTERNAL_STORE = {
  CustomKeyStoreName: 'outside',
  CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
  XksProxyConnectivity: 'PUBLIC_ENDPOINT',
  XksProxyUriEndpoint: ENDPOINT,
  XksProxyUriPath: '/kms/xks/v1',
};

test('a key lives in a cluster that breaks, is mended, and loses its key', async () => {
  const { kms, send, described, connected } = await world();
  const cluster = kms.clusters.create(CLUSTER, { trustAnchor: ANCHOR, kmsuser: { password: PASSWORD } });
  const CustomKeyStoreId = await connected(HSM_STORE);
  assert.equal((await described(CustomKeyStoreId)).ConnectionState, 'CONNECTED');
  const { KeyMetadata: { KeyId, Arn } } = await send(CreateKeyCommand, { CustomKeyStoreId, Origin: 'AWS_CLOUDHSM' });
  const { CiphertextBlob } = await send(EncryptCommand, { KeyId, Plaintext });
  assert.deepEqual((await send(DecryptCommand, { CiphertextBlob })).Plaintext, Plaintext);
  assert.equal(cluster.describe().keys[0].label, Arn);
  cluster.removeHsm();
  cluster.removeHsm();
  const broken = { name: 'KMSInvalidStateException', message: /cannot communicate with your CloudHSM cluster/ };
  await assert.rejects(send(DecryptCommand, { CiphertextBlob }), broken);
  cluster.addHsm();
  cluster.addHsm();
  await send(DecryptCommand, { CiphertextBlob });
  await send(DisconnectCustomKeyStoreCommand, { CustomKeyStoreId });
  assert.equal((await send(DescribeKeyCommand, { KeyId })).KeyMetadata.KeyState, 'Unavailable');
  // KMS has set a password of its own.
  await send(ConnectCustomKeyStoreCommand, { CustomKeyStoreId });
  assert.equal((await described(CustomKeyStoreId)).ConnectionState, 'CONNECTED');
  cluster.deleteKey(Arn);
  await assert.rejects(send(DecryptCommand, { CiphertextBlob }), { name: 'KMSInvalidStateException' });
});

test('an external key is switched off and on, and a proxy has faults until they are disposed of', async () => {
  const { kms, send, connected } = await world();
  const proxy = kms.proxy(ENDPOINT, { keys: ['foo'] });
  const CustomKeyStoreId = await connected({ ...EXTERNAL_STORE, XksProxyAuthenticationCredential: proxy.credential() });
  const { KeyMetadata: { KeyId } } = await send(CreateKeyCommand, { CustomKeyStoreId, Origin: 'EXTERNAL_KEY_STORE', XksKeyId: 'foo' });
  const { CiphertextBlob } = await send(EncryptCommand, { KeyId, Plaintext });
  proxy.keys.get('foo').disable();
  await assert.rejects(send(DecryptCommand, { CiphertextBlob }), { name: 'KMSInvalidStateException', message: /external key is not enabled/ });
  for (const key of proxy.keys) key.enable();
  assert.deepEqual((await send(DecryptCommand, { CiphertextBlob })).Plaintext, Plaintext);
  const before = proxy.log().length;
  const fault = proxy.fault({ fault: 'error', errorName: 'ThrottlingException', operation: 'Encrypt' });
  await assert.rejects(send(EncryptCommand, { KeyId, Plaintext }), { message: /very high request rate/ });
  fault.dispose();
  fault.dispose();
  await send(EncryptCommand, { KeyId, Plaintext });
  const [refused, answered] = proxy.log(before);
  assert.deepEqual([refused.error, refused.faults, answered.status], ['ThrottlingException', ['error'], 200]);
  assert.ok(refused.time instanceof Date && refused.metadata.kmsOperation === 'Encrypt');
  proxy.set({ blocked: true });
  await assert.rejects(send(EncryptCommand, { KeyId, Plaintext }), { name: 'KMSInvalidStateException' });
});

test('a proxy has credentials, keys and a configuration file', async () => {
  const { kms, described, connected } = await world();
  const proxy = kms.proxy(`${ENDPOINT}/teams/blue`);
  proxy.keys.create('bar', { usages: ['ENCRYPT'] }).set({ usages: ['ENCRYPT', 'DECRYPT'] });
  assert.deepEqual([proxy.keys.ids(), proxy.keys.get('bar').toJSON().usages], [['bar'], ['ENCRYPT', 'DECRYPT']]);
  const file = proxy.configurationFile();
  assert.equal(file.XksProxyUriPath, '/teams/blue/kms/xks/v1');
  const store = await connected({ ...EXTERNAL_STORE, ...file });
  assert.equal((await described(store)).ConnectionState, 'CONNECTED');
  proxy.removeCredential(file.XksProxyAuthenticationCredential.AccessKeyId);
  assert.deepEqual(proxy.toJSON().credentials, []);
  proxy.keys.remove('bar');
  assert.equal(proxy.keys.get('bar'), undefined);
});

test('what is registered is found by name, told without secrets, and can be registered again', async () => {
  const { kms } = await world();
  const cluster = kms.clusters.create(CLUSTER, { kmsuser: { password: PASSWORD } });
  kms.proxy(ENDPOINT, { keys: { foo: {} }, credentials: [{ accessKeyId: 'ABCDEFGHIJKLMNOPQRST', rawSecretAccessKey: '0'.repeat(43) }] });
  kms.endpointServices.create('com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0', { privateDnsName: 'xks.example.com' });
  const told = kms.stores.toJSON();
  assert.ok(!JSON.stringify(told).includes(PASSWORD) && !JSON.stringify(told).includes('0'.repeat(43)));
  assert.deepEqual([kms.clusters.names(), [...kms.clusters].map(({ id }) => id)], [[CLUSTER], [CLUSTER]]);
  assert.equal(kms.clusters.get('cluster-7xyzxyzxyzx'), undefined);
  assert.deepEqual([kms.stores.proxies.names(), kms.endpointServices.names().length], [[ENDPOINT], 1]);
  assert.match(inspect(cluster), /^Cluster \{/);
  assert.match(inspect(kms.stores), /^Stores \{/);
  const restored = cluster.restore({ backup: cluster.backUp(), cluster: 'cluster-7xyzxyzxyzx' });
  assert.equal(restored.toJSON().lineage, cluster.toJSON().lineage);
  cluster.remove();
  assert.equal(cluster.toJSON().state, 'DELETED');
  const { proxies, ...others } = JSON.parse(JSON.stringify(told));
  const other = await PocketKms.create();
  other.stores.register(others);
  assert.deepEqual([other.stores.toJSON(), other.fork().stores.toJSON()], [others, others]);
  kms.stores.register({ proxies });
});

const WRONG = [
  [(kms) => kms.clusters.create('cluster-1'), 'cluster-1'],
  [(kms) => kms.clusters.create(CLUSTER, { kmsuser: { password: 'secret!' } }), 'kmsuser.password'],
  [(kms) => kms.clusters.create(CLUSTER, { colour: 'red' }), 'colour'],
  [(kms) => kms.proxy('http://xks.example.com'), 'http://xks.example.com'],
  [(kms) => kms.proxy(ENDPOINT, { keys: { foo: { spec: 'AES' } } }), 'keys.foo.spec'],
  [(kms) => kms.stores.register({ hosts: {} }), 'hosts'],
];

for (const [register, sentence] of WRONG) {
  test(`${register} is refused with its place, and nothing changes`, async () => {
    const { kms } = await world();
    const before = kms.stores.toJSON();
    assert.throws(() => register(kms), ({ message }) => message.includes(sentence) && !message.includes('secret!'));
    assert.deepEqual(kms.stores.toJSON(), before);
  });
}

test('what is registered is not removed by saying nothing', async () => {
  const kms = await PocketKms.create();
  const [endpoint, id, service] = ['https://xks.example.com', 'cluster-2ab3cdefghi', 'com.amazonaws.vpce.us-east-1.vpce-svc-0123456789'];
  const proxy = kms.proxy(endpoint, { keys: ['foo'] });
  kms.clusters.create(id);
  kms.endpointServices.create(service);
  const before = kms.stores.toJSON();
  const attempts = [
    () => kms.proxy(endpoint, null), () => proxy.set(null), () => proxy.set(undefined), () => proxy.keys.create('foo', null),
    () => proxy.keys.get('foo').set(null), () => kms.clusters.create(id, null), () => kms.endpointServices.create(service, null),
  ];
  for (const attempt of attempts) assert.throws(attempt, { name: 'TypeError', message: /: to remove it, call remove$/ });
  assert.deepEqual(kms.stores.toJSON(), before);
  kms.endpointServices.get(service).remove();
  assert.equal(kms.endpointServices.get(service).toJSON().state, 'Deleted');
});
