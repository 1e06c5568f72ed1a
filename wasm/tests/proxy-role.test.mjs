/** The proxy role: `kms.serveProxies` and `npx pocket-kms proxy`, and what KMS in Node makes of them. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { PocketKms } from 'pocket-kms';

const COMMAND_LINE = JSON.parse(readFileSync(new URL('../../tests/command-line.json', import.meta.url), 'utf8')).proxy;
const BIN = fileURLToPath(new URL('../npm/bin.js', import.meta.url));
const ENDPOINT = 'https://xks.example.com';
const SECRET = 'PleaseReplaceThisWithSomeSecretOfLength43To64';
const CREDENTIAL = { AccessKeyId: 'BETWEEN2TENAND3TENCHARACTERS', RawSecretAccessKey: SECRET };
const PATH = '/prefix/kms/xks/v1';
const SETUP = { proxies: { [`${ENDPOINT}/prefix`]: { credentials: [CREDENTIAL], keys: ['foo'] } } };
const HEALTH = { requestMetadata: { kmsRequestId: '4112f4d6-db54-4af4-ae30-c55a22a8dfae', kmsOperation: 'CreateCustomKeyStore' } };

const hmac = (key, text) => createHmac('sha256', key).update(text).digest();
const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** Headers that sign a request, `content-type` among them as curl does it. */
function signed(host, path, body, { AccessKeyId, RawSecretAccessKey }) {
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = `${date.slice(0, 8)}/us-east-1/kms-xks-proxy/aws4_request`;
  const names = 'content-type;host;x-amz-date';
  const canonical = ['POST', path, '', 'content-type:application/json', `host:${host}`, `x-amz-date:${date}`, '', names, sha256(body)];
  const toSign = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical.join('\n'))].join('\n');
  const key = scope.split('/').reduce(hmac, `AWS4${RawSecretAccessKey}`);
  const signature = hmac(key, toSign).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${AccessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return { 'Content-Type': 'application/json', 'X-Amz-Date': date, Authorization: authorization };
}

/** Sends a request to a proxy; resolves to its status and its text. */
async function asked(url, path, { body = '', method = 'POST', credential, ca } = {}) {
  const { protocol, host, hostname, port } = new URL(url);
  const headers = credential ? signed(host, path, body, credential) : {};
  const send = protocol === 'https:' ? secure : plain;
  const sent = send({ hostname, port, path, method, headers, ca });
  sent.end(body);
  const [response] = await once(sent, 'response');
  let text = '';
  for await (const chunk of response) text += chunk;
  return [response.statusCode, text];
}

async function proxied() {
  const kms = await PocketKms.create();
  kms.stores.register(SETUP);
  return kms;
}

async function store(kms) {
  const { CustomKeyStoreId } = await kms.call('CreateCustomKeyStore', {
    CustomKeyStoreName: 'outside',
    CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
    XksProxyConnectivity: 'PUBLIC_ENDPOINT',
    XksProxyUriEndpoint: ENDPOINT,
    XksProxyUriPath: PATH,
    XksProxyAuthenticationCredential: CREDENTIAL,
  });
  await kms.call('ConnectCustomKeyStore', { CustomKeyStoreId });
  const { KeyMetadata } = await kms.call('CreateKey', { Origin: 'EXTERNAL_KEY_STORE', CustomKeyStoreId, XksKeyId: 'foo' });
  return KeyMetadata.KeyId;
}

test('a client of the protocol is answered, load balancers are greeted, and strangers are refused', async () => {
  const server = await (await proxied()).serveProxies();
  const [status, text] = await asked(server.url, `${PATH}/health`, { body: JSON.stringify(HEALTH), credential: CREDENTIAL });
  assert.equal(status, 200);
  assert.equal(JSON.parse(text).ekmFleetDetails[0].healthStatus, 'ACTIVE');
  assert.doesNotMatch(text, /\n/);
  assert.match((await asked(server.url, '/ping', { method: 'GET' }))[1], /^pong/);
  assert.equal((await asked(server.url, `${PATH}/health`))[0], 401);
  assert.equal((await asked(server.url, '/'))[0], 404);
  await server.close();
});

test('KMS asks it over TLS, and learns when it is gone', async () => {
  const manager = await proxied();
  const server = await manager.serveProxies({ tls: true });
  const kms = await PocketKms.create({ proxies: { [ENDPOINT]: server.url }, proxyCa: server.authority });
  kms.settings.update({ 'xks/time-limit': 30_000 });
  const KeyId = await store(kms);
  const { CiphertextBlob } = await kms.call('Encrypt', { KeyId, Plaintext: new TextEncoder().encode('hello') });
  const { Plaintext } = await kms.call('Decrypt', { CiphertextBlob });
  assert.equal(new TextDecoder().decode(Plaintext), 'hello');
  manager.stores.register({ proxies: { [`${ENDPOINT}/prefix`]: { keys: { foo: { status: 'DISABLED' } } } } });
  await assert.rejects(kms.call('Decrypt', { CiphertextBlob }), { name: 'KMSInvalidStateException', message: /external key is not enabled/ });
  await server.close();
  await assert.rejects(kms.call('Decrypt', { CiphertextBlob }), { name: 'KMSInvalidStateException', message: /cannot communicate/ });
});

/** Runs the command; `line` gives what it prints, line by line. */
function command(...parameters) {
  const child = spawn(process.execPath, [BIN, 'proxy', ...parameters], { stdio: ['ignore', 'pipe', 'pipe'] });
  after(() => child.kill('SIGKILL'));
  const ended = once(child, 'close');
  const lines = [];
  const line = async () => {
    lines.reader ??= createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return (await lines.reader.next()).value;
  };
  return { child, line, ended };
}

test('the command prints a configuration file with a credential that the proxy takes', async () => {
  const { child, line, ended } = command('--port', '0', '--tls');
  const url = (await line()).replace('pocket-kms is ready at ', '');
  const ca = readFileSync((await line()).replace('clients believe it by AWS_CA_BUNDLE=', ''));
  assert.equal(await line(), `the proxy configuration file of ${ENDPOINT}:`);
  const file = JSON.parse(await line());
  const credential = file.XksProxyAuthenticationCredential;
  const [status] = await asked(url, `${file.XksProxyUriPath}/health`, { body: JSON.stringify(HEALTH), credential, ca });
  assert.equal(status, 200);
  child.kill('SIGTERM');
  assert.equal((await ended)[0], 0);
});

for (const [parameters, sentence] of COMMAND_LINE.refused) {
  test(`the command line ${parameters.join(' ')} is refused in a sentence`, async () => {
    const { child, ended } = command(...parameters);
    let text = '';
    for await (const chunk of child.stderr) text += chunk;
    assert.notEqual((await ended)[0], 0);
    assert.ok(text.includes(sentence), text);
  });
}

test('the help names every option', async () => {
  const { child, ended } = command('--help');
  let text = '';
  child.stdout.on('data', (chunk) => { text += chunk; });
  await ended;
  for (const option of Object.keys(COMMAND_LINE.options)) assert.ok(text.includes(option), option);
});
