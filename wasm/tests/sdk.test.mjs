/** The real client of the AWS SDK, served in process. */

import assert from 'node:assert/strict';
import test from 'node:test';

import {
  CreateKeyCommand, DecryptCommand, DescribeKeyCommand, EncryptCommand, KMSClient, NotFoundException,
  paginateListKeys,
} from '@aws-sdk/client-kms';
import { PocketKms } from 'pocket-kms';

const CREDENTIALS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' };

async function served(options = {}) {
  const kms = await PocketKms.create();
  const config = { region: 'eu-central-1', credentials: CREDENTIALS, requestHandler: kms.requestHandler() };
  return { kms, client: new KMSClient({ ...config, ...options }) };
}

test('the SDK encrypts and decrypts without a socket', async () => {
  const { client } = await served();
  const { KeyMetadata } = await client.send(new CreateKeyCommand({ Description: 'naïve ✓' }));
  assert.equal(KeyMetadata.Description, 'naïve ✓');
  const Plaintext = new Uint8Array([0, 1, 254, 255]);
  const { CiphertextBlob } = await client.send(new EncryptCommand({ KeyId: KeyMetadata.KeyId, Plaintext }));
  const opened = await client.send(new DecryptCommand({ CiphertextBlob }));
  assert.deepEqual(new Uint8Array(opened.Plaintext), Plaintext);
});

test('modelled exceptions are the classes of the SDK', async () => {
  const { client } = await served();
  const call = client.send(new DescribeKeyCommand({ KeyId: 'alias/none' }));
  const refused = await call.catch((error) => error);
  assert.ok(refused instanceof NotFoundException, String(refused));
  assert.equal(refused.$metadata.httpStatusCode, 400);
  assert.match(refused.$metadata.requestId, /^[0-9a-f-]{36}$/);
});

test('the Region is that of the client, the account that of a twelve-digit access key', async () => {
  const { client } = await served({ credentials: { accessKeyId: '123456789012', secretAccessKey: 'x' } });
  const { KeyMetadata } = await client.send(new CreateKeyCommand({}));
  assert.match(KeyMetadata.Arn, /^arn:aws:kms:eu-central-1:123456789012:key\//);
});

test('the SDK and direct calls see one world', async () => {
  const { kms, client } = await served();
  const { KeyMetadata } = await client.send(new CreateKeyCommand({}));
  const found = await kms.call('DescribeKey', { KeyId: KeyMetadata.Arn }, { region: 'eu-central-1' });
  assert.deepEqual(found.KeyMetadata.CreationDate, KeyMetadata.CreationDate);
});

test('paginators of the SDK read every page', async () => {
  const { client } = await served();
  for (let count = 0; count < 7; count += 1) await client.send(new CreateKeyCommand({}));
  const ids = new Set();
  let pages = 0;
  for await (const page of paginateListKeys({ client, pageSize: 3 }, {})) {
    pages += 1;
    page.Keys.forEach((key) => ids.add(key.KeyId));
  }
  assert.deepEqual([pages, ids.size], [3, 7]);
});

test('a request that was aborted is not made', async () => {
  const { kms, client } = await served();
  const controller = new AbortController();
  controller.abort();
  const call = client.send(new CreateKeyCommand({}), { abortSignal: controller.signal });
  await assert.rejects(call, { name: 'AbortError' });
  assert.deepEqual(kms.changes(), []);
});

test('the handler says why a request was aborted, before it is made and while it is answered', { timeout: 20_000 }, async () => {
  const { kms } = await served();
  const why = new Error('mine');
  const request = { method: 'POST', path: '/', headers: {}, body: '{}' };
  const sent = (abortSignal) => kms.requestHandler().handle(request, { abortSignal });
  await assert.rejects(sent(AbortSignal.abort(why)), { name: 'AbortError', cause: why });
  await assert.rejects(sent(AbortSignal.abort()), { name: 'AbortError' });
  assert.equal((await sent(new AbortController().signal)).response.statusCode, 400);
});

test('whoever aborts a request does not wait for its answer', { timeout: 20_000 }, async () => {
  const { kms, client } = await served();
  const fault = kms.fault({ fault: 'slow', delay: 6000 });
  const why = new Error('mine');
  const controller = new AbortController();
  const call = client.send(new CreateKeyCommand({}), { abortSignal: controller.signal });
  const watch = setInterval(() => {
    if (fault.acted === 1) controller.abort(why);
  }, 5);
  const begun = performance.now();
  await assert.rejects(call, { name: 'AbortError' });
  clearInterval(watch);
  assert.ok(performance.now() - begun < 3000);
  fault.dispose();
});

test('what code fetches by itself is answered, with its signature', async () => {
  const kms = await PocketKms.create();
  const may = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*' } };
  const principal = kms.directory.user('arn:aws:iam::111122223333:user/Alice', { policies: [may] });
  const credentials = kms.directory.accessKey('AKIAIOSFODNN7EXAMPLE', { principal, secret: 'secret' });
  const signer = await new KMSClient({ region: 'eu-west-1', credentials }).config.signer();
  const hostname = 'kms.eu-west-1.amazonaws.com';
  const asked = { host: hostname, 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'TrentService.CreateKey' };
  const { headers } = await signer.sign({ method: 'POST', protocol: 'https:', hostname, path: '/', headers: asked, body: '{}' });
  const { fetch } = kms.requestHandler();
  const ask = (body, more) => fetch(new Request(`https://${hostname}/`, { method: 'POST', headers, body }), more);
  const answer = await ask('{}');
  assert.equal(answer.status, 200);
  assert.match((await answer.json()).KeyMetadata.Arn, /^arn:aws:kms:eu-west-1:111122223333:key\//);
  const changed = await ask('{ }');
  assert.deepEqual([changed.status, (await changed.json()).__type], [400, 'InvalidSignatureException']);
  await assert.rejects(ask('{}', { signal: AbortSignal.abort() }), { name: 'AbortError' });
  kms.fault({ fault: 'connection-reset', count: 1 });
  await assert.rejects(ask('{}'), { name: 'TypeError', message: 'fetch failed' });
});
