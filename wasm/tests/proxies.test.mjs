/** Requests to proxies of external key stores, over real sockets and real TLS. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { after, test } from 'node:test';

import { DecryptCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { PocketKms } from 'pocket-kms';

const [CERT, KEY] = ['localhost.pem', 'localhost.key'].map((name) => readFileSync(new URL(`tls/${name}`, import.meta.url), 'utf8'));
const ENDPOINT = 'https://localhost';
const CREDENTIAL = { accessKeyId: 'BETWEEN2TENAND3TENCHARACTERS', rawSecretAccessKey: 'PleaseReplaceThisWithSomeSecretOfLength43To64' };

/** A proxy with the external key `foo`, served over TLS under the name of the endpoint. */
async function proxy() {
  const kms = await PocketKms.create();
  const entry = { region: 'us-east-1', credentials: [CREDENTIAL], keys: { foo: {} } };
  kms.stores.register({ proxies: { [`${ENDPOINT}/one`]: entry, [`${ENDPOINT}/two`]: entry } });
  const server = await kms.serveProxies({ tls: { cert: CERT, key: KEY } });
  after(() => server.close());
  return server.url;
}

/** A world that asks that proxy. */
async function asking() {
  return patient({ proxies: { [ENDPOINT]: await proxy() }, proxyCa: CERT });
}

/** A world that gives proxies longer than the 250 milliseconds of AWS: the machine that runs the tests may be busy. */
async function patient(options) {
  const kms = await PocketKms.create(options);
  kms.settings['xks/time-limit'] = 30_000;
  return kms;
}

function storeInput(prefix = 'one', endpoint = ENDPOINT) {
  return {
    CustomKeyStoreName: prefix,
    CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
    XksProxyUriEndpoint: endpoint,
    XksProxyUriPath: `/${prefix}/kms/xks/v1`,
    XksProxyConnectivity: 'PUBLIC_ENDPOINT',
    XksProxyAuthenticationCredential: { AccessKeyId: CREDENTIAL.accessKeyId, RawSecretAccessKey: CREDENTIAL.rawSecretAccessKey },
  };
}

/** A key in a store that is connected. */
async function key(kms, prefix) {
  const { CustomKeyStoreId } = await kms.call('CreateCustomKeyStore', storeInput(prefix));
  await kms.call('ConnectCustomKeyStore', { CustomKeyStoreId });
  const input = { Origin: 'EXTERNAL_KEY_STORE', CustomKeyStoreId, XksKeyId: 'foo' };
  return (await kms.call('CreateKey', input)).KeyMetadata.Arn;
}

const bytes = (text) => new TextEncoder().encode(text);

test('a key is used over TLS', async () => {
  const kms = await asking();
  const [one, two] = [await key(kms, 'one'), await key(kms, 'two')];
  const { CiphertextBlob } = await kms.call('Encrypt', { KeyId: one, Plaintext: bytes('hello') });
  assert.equal(CiphertextBlob[37], 2);
  assert.ok([12, 16].includes(kms.inspect(CiphertextBlob).External.IvLength));
  const opened = await kms.call('Decrypt', { CiphertextBlob });
  assert.deepEqual([opened.Plaintext, opened.KeyId], [bytes('hello'), one]);
  const moved = await kms.call('ReEncrypt', { CiphertextBlob, DestinationKeyId: two });
  assert.deepEqual((await kms.call('Decrypt', { CiphertextBlob: moved.CiphertextBlob })).Plaintext, bytes('hello'));
  const wrong = kms.call('Decrypt', { CiphertextBlob, EncryptionContext: { a: 'b' } });
  await assert.rejects(wrong, { code: 'KMSInvalidStateException', message: /corrupted, missing, or otherwise invalid/ });
  const fork = kms.fork();
  assert.deepEqual((await fork.call('Decrypt', { CiphertextBlob })).Plaintext, bytes('hello'));
});

test('clients of the SDK and the served endpoint ask, too', async () => {
  const kms = await asking();
  const KeyId = await key(kms, 'one');
  const server = await kms.serve();
  after(() => server.close());
  const credentials = { accessKeyId: '111122223333', secretAccessKey: 'any' };
  for (const config of [kms.clientConfig(), { region: 'us-east-1', credentials, endpoint: server.url }]) {
    const client = new KMSClient(config);
    const { CiphertextBlob } = await client.send(new EncryptCommand({ KeyId, Plaintext: bytes('hello') }));
    const { Plaintext } = await client.send(new DecryptCommand({ CiphertextBlob }));
    assert.deepEqual(new Uint8Array(Plaintext), bytes('hello'));
  }
});

test('health is asked when the program wants to', async () => {
  const kms = await asking();
  await key(kms, 'one');
  const [check] = await kms.checkExternalKeyStores();
  assert.deepEqual([check.kmsOperation, check.outcome, check.retryable], ['KmsHealthCheck', null, null]);
  assert.ok(check.managers.active >= 1);
  assert.deepEqual(await kms.checkExternalKeyStores(), []);
});

/** A server without TLS that does the same to every request. */
async function answering(act) {
  const server = createServer((socket) => {
    let received = '';
    // KMS keeps its connections; this process ends all the same.
    socket.unref();
    socket.on('error', () => socket.destroy());
    socket.on('data', (part) => {
      received += part.toString('latin1');
      const [head, body] = received.split('\r\n\r\n');
      if (body?.length === Number(/content-length: (\d+)/i.exec(head)?.[1])) act(socket);
    });
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  after(() => server.close());
  server.unref();
  return `http://127.0.0.1:${server.address().port}`;
}

const TIME = ['XksProxyUriUnreachableException', /did not respond in time/];
const TCP = ['XksProxyUriUnreachableException', /This might be a transient network issue/];
const FORM = ['XksProxyInvalidResponseException', /cannot interpret the response/];

for (const [what, act, [code, message]] of [
  ['is silent', () => {}, TIME],
  ['drips', (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n');
    const timer = setInterval(() => socket.write(' '), 20);
    socket.on('close', () => clearInterval(timer));
  }, TIME],
  ['hangs up', (socket) => socket.destroy(), TCP],
  ['sends too little', (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}'), TCP],
  ['sends too much', (socket) => socket.end(`HTTP/1.1 200 OK\r\nContent-Length: 102400\r\n\r\n${' '.repeat(102400)}`), FORM],
  ['speaks something else', (socket) => socket.write('220 mail.example.com ESMTP\r\n'), FORM],
  ['redirects', (socket) => socket.write('HTTP/1.1 302 Found\r\nLocation: https://a.example/\r\nContent-Length: 0\r\n\r\n'), FORM],
  ['answers nothing', (socket) => socket.write('HTTP/1.1 204 No Content\r\n\r\n'), FORM],
]) {
  test(`a proxy that ${what} is an exception in time`, async () => {
    const kms = await patient({ proxies: { [ENDPOINT]: await answering(act) } });
    if (message === TIME[1]) kms.settings['xks/time-limit'] = 500;
    const begun = performance.now();
    const refused = kms.call('CreateCustomKeyStore', storeInput());
    await assert.rejects(refused, (error) => {
      assert.equal(error.code, code);
      assert.match(error.message, message);
      assert.ok(!error.message.includes(CREDENTIAL.rawSecretAccessKey));
      return true;
    });
    // Without a limit, these servers would be waited for until they end, which they do not.
    assert.ok(performance.now() - begun < 30_000);
    assert.deepEqual((await kms.call('DescribeCustomKeyStores')).CustomKeyStores, []);
  });
}

test('nobody is asked whom the program has not allowed, and TLS is checked', async () => {
  const url = await proxy();
  const refused = async (options, endpoint) => {
    const kms = await patient(options);
    return kms.call('CreateCustomKeyStore', storeInput('one', endpoint)).then(() => undefined, ({ code }) => code);
  };
  assert.equal(await refused({ proxies: ['https://other.example.com'] }), 'XksProxyUriUnreachableException');
  assert.equal(await refused({ proxies: { [ENDPOINT]: url } }), 'XksProxyInvalidConfigurationException');
  const elsewhere = { proxies: { 'https://xks.example.com': url }, proxyCa: CERT };
  assert.equal(await refused(elsewhere, 'https://xks.example.com'), 'XksProxyInvalidConfigurationException');
});

test('a call that waits holds up no other', async () => {
  const held = [];
  let released = false;
  const hangUp = (socket) => (released ? socket.destroy() : held.push(socket));
  const kms = await patient({ proxies: { [ENDPOINT]: await answering(hangUp) } });
  const { KeyMetadata: { KeyId } } = await kms.call('CreateKey');
  let ended = false;
  const waiting = kms.call('CreateCustomKeyStore', storeInput()).catch(() => { ended = true; });
  for (let count = 0; count < 50; count += 1) await kms.call('Encrypt', { KeyId, Plaintext: bytes('hello') });
  assert.equal(ended, false);
  released = true;
  for (const socket of held) socket.destroy();
  await waiting;
  const disposed = kms.call('CreateCustomKeyStore', storeInput());
  kms.dispose();
  await assert.rejects(disposed, /disposed of/);
});

test('what cannot be a proxy is refused', async () => {
  for (const [options, message] of [
    [{ proxies: ['http://xks.example.com'] }, /https:\/\/ and a host/],
    [{ proxies: ['https://xks.example.com:8443'] }, /https:\/\/ and a host/],
    [{ proxies: { [ENDPOINT]: '127.0.0.1:8443' } }, /found at a URL/],
    [{ proxies: { [ENDPOINT]: 'https://127.0.0.1/path' } }, /found at a URL/],
    [{ proxyCa: CERT }, /name them by proxies/],
  ]) {
    await assert.rejects(PocketKms.create(options), { name: 'TypeError', message });
  }
});
