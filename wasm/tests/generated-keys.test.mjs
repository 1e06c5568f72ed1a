/** The host generates RSA keys: beside the thread that calls, checked by the core, and never in a seeded world. */

import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { connect } from 'node:net';
import { test } from 'node:test';

import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { PocketKms } from 'pocket-kms';

const { subtle } = globalThis.crypto;
const CREDENTIALS = { accessKeyId: '111122223333', secretAccessKey: 'any' };
const SIGNING = { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' };

/** Takes the place of WebCrypto's generator for one test; `asked` are the lengths that were asked for. */
function instead(t, generate) {
  const asked = [];
  t.mock.method(subtle, 'generateKey', async (...wish) => {
    asked.push(wish[0].modulusLength);
    return generate(...wish);
  });
  return asked;
}

/** Counts what WebCrypto is asked for. */
function counted(t) {
  const genuine = subtle.generateKey.bind(subtle);
  return instead(t, genuine);
}

/** A key pair that is kept back until `give` is called. */
function withheld(t) {
  const genuine = subtle.generateKey.bind(subtle);
  let give;
  const given = new Promise((resolve) => (give = resolve));
  const waiting = new Promise((resolve) => {
    instead(t, async (...wish) => {
      resolve();
      await given;
      return genuine(...wish);
    });
  });
  return { give, waiting };
}

async function signsAndVerifies(kms, KeyId) {
  const Message = new TextEncoder().encode('message');
  const SigningAlgorithm = 'RSASSA_PSS_SHA_256';
  const { Signature } = await kms.call('Sign', { KeyId, Message, SigningAlgorithm });
  const { SignatureValid } = await kms.call('Verify', { KeyId, Message, Signature, SigningAlgorithm });
  const { PublicKey } = await kms.call('GetPublicKey', { KeyId });
  const key = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
  assert.ok(SignatureValid && verify('sha256', Message, { key, padding: 6, saltLength: 32 }, Signature));
  return key.asymmetricKeyDetails;
}

test('the event loop runs on while an RSA_4096 key is generated, and the key works', async () => {
  const kms = await PocketKms.create();
  let ticks = 0;
  const timer = setInterval(() => (ticks += 1), 5);
  const { KeyMetadata } = await kms.call('CreateKey', { ...SIGNING, KeySpec: 'RSA_4096' });
  clearInterval(timer);
  assert.ok(ticks >= 3, `${ticks} ticks`);
  const { modulusLength, publicExponent } = await signsAndVerifies(kms, KeyMetadata.KeyId);
  assert.deepEqual([modulusLength, publicExponent], [4096, 65537n]);
});

test('every operation that needs an RSA key asks for it once', async (t) => {
  const asked = counted(t);
  const kms = await PocketKms.create();
  const { KeyMetadata: { KeyId } } = await kms.call('CreateKey');
  await kms.call('CreateKey', SIGNING);
  await kms.call('GenerateDataKeyPair', { KeyId, KeyPairSpec: 'RSA_3072' });
  await kms.call('GenerateDataKeyPairWithoutPlaintext', { KeyId, KeyPairSpec: 'RSA_2048' });
  const imported = await kms.call('CreateKey', { Origin: 'EXTERNAL' });
  const wrapping = { WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_4096' };
  await kms.call('GetParametersForImport', { KeyId: imported.KeyMetadata.KeyId, ...wrapping });
  assert.deepEqual(asked, [2048, 3072, 2048, 4096]);
});

test('clients of the SDK get generated keys in process and from a port', async (t) => {
  const asked = counted(t);
  const kms = await PocketKms.create();
  const server = await kms.serve();
  for (const way of [{ requestHandler: kms.requestHandler() }, { endpoint: server.url }]) {
    const client = new KMSClient({ region: 'us-east-1', credentials: CREDENTIALS, ...way });
    const { KeyMetadata } = await client.send(new CreateKeyCommand(SIGNING));
    await signsAndVerifies(kms, KeyMetadata.KeyId);
    client.destroy();
  }
  await server.close();
  assert.deepEqual(asked, [2048, 2048]);
});

test('a seeded world generates its keys itself', async (t) => {
  const asked = counted(t);
  const keys = [];
  for (let run = 0; run < 2; run += 1) {
    const kms = await PocketKms.create({ seed: 'x' });
    const { KeyMetadata } = await kms.call('CreateKey', SIGNING);
    keys.push((await kms.call('GetPublicKey', { KeyId: KeyMetadata.KeyId })).PublicKey);
    await kms.enclave();
  }
  assert.deepEqual(keys[0], keys[1]);
  assert.deepEqual(asked, []);
});

const LIES = {
  'a key of another length': [{ name: 'RSA-OAEP', hash: 'SHA-256', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]) }, ['decrypt']],
  'a key of another algorithm': [{ name: 'ECDH', namedCurve: 'P-256' }, ['deriveBits']],
};
for (const [lie, [algorithm, usages]] of Object.entries(LIES)) {
  test(`${lie} is refused, and nothing has changed`, async (t) => {
    const genuine = subtle.generateKey.bind(subtle);
    instead(t, () => genuine(algorithm, true, usages));
    const kms = await PocketKms.create();
    const refused = await kms.call('CreateKey', SIGNING).catch((error) => error);
    assert.deepEqual([refused.code, kms.changes()], ['KMSInternalException', []]);
    assert.match(refused.message, /of the spec RSA_2048, but answered with something else/);
    await kms.call('CreateKey');
  });
}

test('garbage instead of a key is refused, and nothing has changed', async (t) => {
  t.mock.method(subtle, 'exportKey', async () => new Uint8Array(1200).buffer);
  const kms = await PocketKms.create();
  await assert.rejects(kms.call('CreateKey', SIGNING), { code: 'KMSInternalException' });
  assert.deepEqual(kms.changes(), []);
});

test('where WebCrypto refuses, the core generates the key', async (t) => {
  const asked = instead(t, () => Promise.reject(new DOMException('no', 'NotSupportedError')));
  const kms = await PocketKms.create();
  const { KeyMetadata } = await kms.call('CreateKey', SIGNING);
  await signsAndVerifies(kms, KeyMetadata.KeyId);
  assert.deepEqual(asked, [2048]);
});

test('where WebCrypto is missing, too', async (t) => {
  t.mock.getter(globalThis.crypto, 'subtle', () => undefined);
  const kms = await PocketKms.create();
  await signsAndVerifies(kms, (await kms.call('CreateKey', SIGNING)).KeyMetadata.KeyId);
});

test('several keys are generated at once, while other calls go on', async (t) => {
  const { give, waiting } = withheld(t);
  const kms = await PocketKms.create();
  const keys = Promise.all([1, 2, 3].map(() => kms.call('CreateKey', SIGNING)));
  await waiting;
  await kms.call('CreateKey');
  assert.equal((await kms.call('ListKeys')).Keys.length, 1);
  give();
  const made = await keys;
  assert.equal(new Set(made.map(({ KeyMetadata }) => KeyMetadata.KeyId)).size, 3);
  assert.equal((await kms.call('ListKeys')).Keys.length, 4);
});

test('a call is decided again on the state that it finds when the key is there', async (t) => {
  const { give, waiting } = withheld(t);
  const kms = await PocketKms.create();
  const { KeyMetadata: { KeyId } } = await kms.call('CreateKey');
  const pair = assert.rejects(kms.call('GenerateDataKeyPair', { KeyId, KeyPairSpec: 'RSA_2048' }), { code: 'DisabledException' });
  await waiting;
  await kms.call('DisableKey', { KeyId });
  give();
  await pair;
});

test('a call whose world was disposed of meanwhile rejects', async (t) => {
  const { give, waiting } = withheld(t);
  const kms = await PocketKms.create();
  const call = assert.rejects(kms.call('CreateKey', SIGNING), Error);
  await waiting;
  kms.dispose();
  give();
  await call;
  await (await PocketKms.create()).call('ListKeys');
});

test('requests of one connection are answered in their order, those of others meanwhile', async (t) => {
  const { give, waiting } = withheld(t);
  const kms = await PocketKms.create();
  const server = await kms.serve();
  const authorization = 'AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/kms/aws4_request, SignedHeaders=host, Signature=0';
  const request = (operation, body, connection) =>
    `POST / HTTP/1.1\r\nHost: a\r\nX-Amz-Target: TrentService.${operation}\r\nAuthorization: ${authorization}\r\n`
    + `Connection: ${connection}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  let received = '';
  const socket = connect(server.port, '127.0.0.1');
  socket.on('data', (bytes) => (received += bytes));
  const ended = new Promise((resolve) => socket.once('close', resolve));
  socket.write(request('CreateKey', JSON.stringify(SIGNING), 'keep-alive') + request('ListKeys', '{}', 'close'));
  await waiting;
  assert.equal((await fetch(server.url)).status, 200);
  assert.equal(received, '');
  give();
  await ended;
  assert.deepEqual(received.match(/"KeyMetadata"|"Keys"/g), ['"KeyMetadata"', '"Keys"']);
  await server.close();
});

test('a peer that leaves while its key is generated harms nobody', async (t) => {
  const { give, waiting } = withheld(t);
  const kms = await PocketKms.create();
  const server = await kms.serve();
  const client = new KMSClient({ region: 'us-east-1', credentials: CREDENTIALS, endpoint: server.url, maxAttempts: 1 });
  const controller = new AbortController();
  const call = assert.rejects(client.send(new CreateKeyCommand(SIGNING), { abortSignal: controller.signal }));
  await waiting;
  controller.abort();
  await call;
  give();
  assert.equal((await fetch(server.url)).status, 200);
  client.destroy();
  await server.close();
});
