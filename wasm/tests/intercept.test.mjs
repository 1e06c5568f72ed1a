/** Clients of the AWS SDK that code under test makes itself: `clientConfig` and `intercept`. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { test } from 'node:test';

import { CreateKeyCommand, KMS, KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { PocketKms } from 'pocket-kms';

const CREDENTIALS = { accessKeyId: '123456789012', secretAccessKey: 'x' };
const created = async (client) => (await client.send(new CreateKeyCommand({}))).KeyMetadata.Arn;

test('a client that is made of a configuration of the world is served by it', async () => {
  const kms = await PocketKms.create({ account: '000000000007' });
  assert.match(await created(new KMSClient(kms.clientConfig())), /^arn:aws:kms:us-east-1:000000000007:key\//);
  const client = new KMSClient(kms.clientConfig({ region: 'eu-west-1' }));
  assert.match(await created(client), /^arn:aws:kms:eu-west-1:000000000007:key\//);
});

test('every client of the class is served, made before or within, and none of them afterwards', async () => {
  const kms = await PocketKms.create();
  const elsewhere = createServer((_, response) => response.writeHead(418).end('{"__type":"Elsewhere"}')).listen(0);
  const config = { region: 'eu-west-1', endpoint: `http://127.0.0.1:${elsewhere.address().port}`, credentials: CREDENTIALS, maxAttempts: 1 };
  const before = new KMSClient(config);
  const intercepted = kms.intercept(KMSClient);
  const clients = [before, new KMSClient(config), new KMS(config)];
  for (const client of clients) assert.match(await created(client), /^arn:aws:kms:eu-west-1:123456789012:key\//);
  assert.ok((await clients[2].createKey({})).KeyMetadata.Enabled);
  const called = await new Promise((resolve) => { before.send(new ListKeysCommand({}), (error, reply) => resolve(error ?? reply)); });
  assert.equal(called.Keys.length, 4);
  intercepted.dispose();
  intercepted.dispose();
  for (const client of clients) await assert.rejects(created(client), { name: 'Elsewhere' });
  assert.ok(!Object.hasOwn(KMSClient.prototype, 'send'));
  clients.forEach((client) => client.destroy());
  elsewhere.close();
});

test('worlds may serve inside of one another, and end in any order', async () => {
  const [outer, inner] = [await PocketKms.create({ account: '000000000001' }), await PocketKms.create({ account: '000000000002' })];
  const client = new KMSClient({ region: 'us-east-1', cacheMiddleware: true, credentials: { ...CREDENTIALS, accessKeyId: 'AKIA' } });
  const first = outer.intercept(KMSClient);
  const accounts = [await created(client)];
  const second = inner.intercept(KMSClient);
  accounts.push(await created(client));
  first.dispose();
  accounts.push(await created(client));
  const third = outer.intercept(KMSClient);
  second.dispose();
  accounts.push(await created(client));
  third[Symbol.dispose]();
  assert.deepEqual(accounts.map((arn) => arn.split(':')[4].at(-1)), ['1', '2', '2', '1']);
});

test('a class and the one above it are served each by its own world, and end in any order', async () => {
  const [above, below] = [await PocketKms.create({ account: '000000000001' }), await PocketKms.create({ account: '000000000002' })];
  for (const order of [[KMSClient, KMS], [KMS, KMSClient]]) {
    for (const first of order) {
      const served = new Map(order.map((Client) => [Client, (Client === KMS ? below : above).intercept(Client)]));
      const account = async (Client) => (await created(new Client({ region: 'us-east-1' }))).split(':')[4].at(-1);
      assert.deepEqual([await account(KMSClient), await account(KMS)], ['1', '2']);
      served.get(first).dispose();
      if (first === KMSClient) assert.equal(await account(KMS), '2');
      else assert.deepEqual([await account(KMSClient), await account(KMS)], ['1', '1']);
      served.forEach(({ dispose }) => dispose());
    }
  }
  assert.equal(Object.hasOwn(KMS.prototype, 'send'), false);
});

test('what others put in the place of the seam stays, in whatever order they end', async () => {
  const kms = await PocketKms.create();
  const client = new KMSClient({ region: 'us-east-1', endpoint: 'http://127.0.0.1:1', credentials: CREDENTIALS, maxAttempts: 1 });
  const mock = async () => 'of the mock';
  const above = kms.intercept(KMSClient);
  const seam = KMSClient.prototype.send;
  KMSClient.prototype.send = mock;
  above.dispose();
  assert.equal(await client.send(new ListKeysCommand({})), 'of the mock');
  KMSClient.prototype.send = seam;
  await assert.rejects(client.send(new ListKeysCommand({})), { code: 'ECONNREFUSED' });
  const again = kms.intercept(KMSClient);
  assert.ok(await created(client));
  again.dispose();
  await assert.rejects(client.send(new ListKeysCommand({})), { code: 'ECONNREFUSED' });
  KMSClient.prototype.send = mock;
  const below = kms.intercept(KMSClient);
  delete KMSClient.prototype.send;
  below.dispose();
  assert.equal(Object.hasOwn(KMSClient.prototype, 'send'), false);
});

test('a signer that has taken the credentials before is served, too', async () => {
  const kms = await PocketKms.create({ account: '000000000007' });
  const signer = await new KMSClient({ region: 'eu-west-1', credentials: CREDENTIALS }).config.signer();
  signer.credentialProvider = async () => { throw new Error('there are no credentials'); };
  const client = new KMSClient({ region: 'eu-west-1', credentials: CREDENTIALS, signer, maxAttempts: 1 });
  const intercepted = kms.intercept(KMSClient);
  assert.match(await created(client), /^arn:aws:kms:eu-west-1:000000000007:key\//);
  intercepted.dispose();
  await assert.rejects(created(client), /there are no credentials/);
});

test('a client whose role STS refuses calls as nobody else', async () => {
  const kms = await PocketKms.create();
  const served = [kms.intercept(KMSClient), kms.intercept(STSClient)];
  const RoleArn = kms.directory.role('arn:aws:iam::111122223333:role/App');
  const assume = new AssumeRoleCommand({ RoleArn, RoleSessionName: 'job-7' });
  const credentials = async () => (await new STSClient({ region: 'us-east-1' }).send(assume)).Credentials;
  await assert.rejects(created(new KMSClient({ region: 'us-east-1', credentials })), { name: 'AccessDenied' });
  kms.audit.assertNotCalled('CreateKey');
  served.forEach(({ dispose }) => dispose());
});

test('a class that is intercepted keeps no client alive', () => {
  const source = `
    import { KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
    import { PocketKms } from 'pocket-kms';
    const kms = await PocketKms.create();
    const intercepted = kms.intercept(KMSClient);
    let gone = 0;
    const registry = new FinalizationRegistry(() => { gone += 1; });
    for (let count = 0; count < 20; count += 1) {
      const client = new KMSClient();
      registry.register(client.config);
      await client.send(new ListKeysCommand({}));
    }
    for (let turn = 0; turn < 50 && gone < 15; turn += 1) {
      await new Promise((resolve) => { setTimeout(resolve, 10); });
      globalThis.gc();
    }
    console.log(gone >= 15);
    intercepted.dispose();`;
  const flags = ['--expose-gc', '--input-type=module', '--eval', source];
  const told = execFileSync(process.execPath, flags, { cwd: new URL('.', import.meta.url), encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  assert.equal(told.trim(), 'true');
});

test('code without credentials and without a Region is served, and asks no network for any', () => {
  const source = `
    import net from 'node:net';
    import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
    import { PocketKms } from 'pocket-kms';
    net.Socket.prototype.connect = () => { throw new Error('the network is asked'); };
    const kms = await PocketKms.create({ account: '000000000007' });
    const intercepted = kms.intercept(KMSClient);
    const { KeyMetadata } = await new KMSClient().send(new CreateKeyCommand({}));
    console.log(KeyMetadata.Arn.split(':key/')[0], 'AWS_EC2_METADATA_DISABLED' in process.env);
    intercepted.dispose();
    const failed = await new KMSClient({ region: 'us-east-1' }).send(new CreateKeyCommand({})).catch((error) => error);
    console.log(failed.message);`;
  const env = { PATH: process.env.PATH, HOME: '/nowhere' };
  const flags = ['--input-type=module', '--eval', source];
  const told = execFileSync(process.execPath, flags, { cwd: new URL('.', import.meta.url), encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'ignore'] });
  assert.deepEqual(told.trim().split('\n'), ['arn:aws:kms:us-east-1:000000000007 false', 'the network is asked']);
});

test('what is not a class of clients is refused', async () => {
  const kms = await PocketKms.create();
  for (const wrong of [undefined, {}, class {}, new KMSClient({ region: 'us-east-1' })]) {
    assert.throws(() => kms.intercept(wrong), { name: 'TypeError', message: /KMSClient/ });
  }
  assert.throws(() => kms.clientConfig({ regoin: 'x' }), /did you mean 'region'\?$/);
  assert.throws(() => kms.clientConfig({ maxAttempts: 1 }), /it takes region, .*; options of the SDK stand beside it: new KMSClient\(\{ \.\.\.kms\.clientConfig\(\), /);
});
