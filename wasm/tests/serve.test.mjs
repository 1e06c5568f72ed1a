/** The KMS API behind a port: `kms.serve` and `npx pocket-kms serve`. */

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { CreateKeyCommand, DescribeKeyCommand, KMSClient, NotFoundException } from '@aws-sdk/client-kms';
import { PocketKms } from 'pocket-kms';

const CREDENTIALS = { accessKeyId: '123456789012', secretAccessKey: 'secret' };
const SIGNED = 'AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/kms/aws4_request, SignedHeaders=host, Signature=0';
const COMMAND_LINE = JSON.parse(readFileSync(new URL('../../tests/command-line.json', import.meta.url), 'utf8'));
const BIN = fileURLToPath(new URL('../npm/bin.js', import.meta.url));

function client(endpoint) {
  return new KMSClient({ region: 'eu-west-1', credentials: CREDENTIALS, endpoint });
}

/** Runs the program; `line` is the first line that it prints. */
function program(...parameters) {
  const child = spawn(process.execPath, [BIN, ...parameters], { stdio: ['ignore', 'pipe', 'pipe'] });
  after(() => child.kill('SIGKILL'));
  const line = once(createInterface({ input: child.stdout }), 'line').then(([text]) => text);
  return { child, line, ended: once(child, 'close') };
}

async function errorsOf(child) {
  let text = '';
  for await (const chunk of child.stderr) text += chunk;
  return text;
}

/** Sends raw bytes and gives everything that comes back until the peer closes, or `enough` says so. */
function exchange(port, parts, enough = () => false) {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(port, '127.0.0.1', () => parts.forEach((part) => socket.write(part)));
    socket.on('data', (bytes) => {
      received += bytes;
      if (enough(received)) socket.destroy();
    });
    socket.on('close', () => resolve(received));
    socket.on('error', reject);
  });
}

test('a served world and direct calls are one', async () => {
  const kms = await PocketKms.create();
  const server = await kms.serve();
  const sdk = client(server.url);
  const { KeyMetadata } = await sdk.send(new CreateKeyCommand({}));
  assert.match(KeyMetadata.Arn, /^arn:aws:kms:eu-west-1:123456789012:key\//);
  await kms.call('DescribeKey', { KeyId: KeyMetadata.Arn }, { region: 'eu-west-1', caller: '123456789012' });
  await assert.rejects(sdk.send(new DescribeKeyCommand({ KeyId: 'alias/none' })), NotFoundException);
  sdk.destroy();
  await server.close();
});

test('a server that was closed has freed its port and ended its connections', async () => {
  const kms = await PocketKms.create();
  const server = await kms.serve({ port: 0, host: '127.0.0.1' });
  const idle = connect(server.port, '127.0.0.1');
  await once(idle, 'connect');
  const ended = once(idle, 'close');
  await server.close();
  await ended;
  const again = await kms.serve({ port: server.port });
  assert.equal(again.url, server.url);
  await again.close();
});

test('a port that is taken is told', async () => {
  const kms = await PocketKms.create();
  const server = await kms.serve();
  await assert.rejects(kms.serve({ port: server.port }), { code: 'EADDRINUSE' });
  await server.close();
});

test('a world whose host is not said listens on this machine alone', async () => {
  const kms = await PocketKms.create();
  const server = await kms.serve({ host: undefined, port: undefined });
  assert.match(server.url, /^http:\/\/127\.0\.0\.1:/);
  await server.close();
});

test('an answer that is kept back keeps no closed server alive', () => {
  const source = `
    import { PocketKms } from 'pocket-kms';
    const kms = await PocketKms.create();
    kms.fault({ fault: 'slow', delay: 60_000 });
    const server = await kms.serve();
    const headers = { 'X-Amz-Target': 'TrentService.ListKeys', Authorization: '${SIGNED}' };
    const refused = fetch(server.url, { method: 'POST', headers, body: '{}' }).catch(() => 'refused');
    while (kms.actedFaults().length === 0) await new Promise((resolve) => { setTimeout(resolve, 5); });
    await server.close();
    console.log(await refused);`;
  const settings = { cwd: dirname(fileURLToPath(import.meta.url)), encoding: 'utf8', timeout: 20_000 };
  assert.equal(execFileSync(process.execPath, ['--input-type=module', '--eval', source], settings), 'refused\n');
});

/** What Node would take for more than was said. */
const NOT_SERVED = {
  'an empty host': [{ host: '' }, /^the host is empty: leave it out for this machine alone/],
  'a pipe for a port': [{ port: 'pipe' }, /^a port is a number from 0 to 65535, not pipe$/],
  'a port that is too high': [{ port: 65536 }, /^a port is a number from 0 to 65535, not 65536$/],
  'TLS without a certificate': [{ tls: {} }, /^TLS needs a certificate and the key that fits it/],
  'TLS of a word': [{ tls: 'yes' }, /^TLS needs a certificate and the key that fits it/],
  'an administration that is open by a word': [{ openAdministration: 'no' }, /^openAdministration is true or false, not a string$/],
  'a log that is not a function': [{ log: 5 }, /^log is a function that takes a line, not a number$/],
};

for (const [what, [options, message]] of Object.entries(NOT_SERVED)) {
  test(`a world is not served with ${what}`, async () => {
    const kms = await PocketKms.create();
    await assert.rejects(async () => {
      const server = await kms.serve(options);
      await server.close();
    }, { message });
  });
}

test('whoever asks is answered, though the log of the server throws', async () => {
  const kms = await PocketKms.create();
  const server = await kms.serve({ log: () => { throw new Error('the disk is full'); } });
  const warned = once(process, 'warning', { signal: AbortSignal.timeout(5000) });
  assert.equal((await fetch(server.url)).status, 200);
  assert.equal((await warned)[0].message, 'the disk is full');
  await server.close();
});

test('a line tells also of what is not a request', async () => {
  const kms = await PocketKms.create({ now: '2026-01-01T00:00:00Z' });
  const lines = [];
  const server = await kms.serve({ log: (line) => lines.push(line) });
  const sent = ['GET / HTTP/1.1\r\n\r\n', `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${2 ** 24}\r\n\r\n`];
  for (const bytes of sent) {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(bytes));
    await once(socket.resume(), 'close');
  }
  await server.close();
  assert.deepEqual(lines.map((line) => line.split(' ').slice(1, 5)), [['-', '-', '-', '400'], ['-', '-', '-', '413']]);
  assert.ok(lines.every((line) => line.split(' ').length > 6), lines.join('\n'));
});

/** Addresses of this machine that hold for one of its interfaces alone. */
const LINK_LOCAL = Object.entries(networkInterfaces())
  .flatMap(([name, addresses]) => addresses.filter(({ address }) => address.startsWith('fe80:')).map(({ address }) => `${address}%${name}`));

test('a peer with a link-local address is answered', { skip: LINK_LOCAL.length === 0 && 'no interface has one' }, async () => {
  const kms = await PocketKms.create();
  const server = await kms.serve({ host: '::' });
  const socket = connect(server.port, LINK_LOCAL[0], () => socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'));
  const [bytes] = await once(socket, 'data');
  assert.match(String(bytes), /^HTTP\/1\.1 200 OK/);
  socket.destroy();
  await server.close();
});

test('requests that come in one piece are answered in order on one connection', async () => {
  const kms = await PocketKms.create();
  const server = await kms.serve();
  const request = (operation, body) =>
    `POST / HTTP/1.1\r\nHost: a\r\nX-Amz-Target: TrentService.${operation}\r\nAuthorization: ${SIGNED}\r\n`
    + `Content-Length: ${body.length}\r\n\r\n${body}`;
  const bytes = request('CreateKey', '{}') + request('ListKeys', '{}') + request('Nothing', '{}');
  const answers = await exchange(server.port, [bytes], (text) => text.includes('UnknownOperationException'));
  const found = answers.match(/"KeyMetadata"|"Keys"|UnknownOperationException/g);
  assert.deepEqual(found, ['"KeyMetadata"', '"Keys"', 'UnknownOperationException']);
  await server.close();
});

test('bytes that are not HTTP are refused, and the next connection is served', async () => {
  const kms = await PocketKms.create();
  const server = await kms.serve();
  const answer = await exchange(server.port, ['\0\0\0 nonsense\r\n\r\n']);
  assert.match(answer, /^HTTP\/1\.1 400 .*SerializationException/s);
  const huge = await exchange(server.port, ['POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n']);
  assert.match(huge, /^HTTP\/1\.1 413 .*RequestEntityTooLargeException/s);
  assert.equal((await fetch(server.url)).status, 200);
  await server.close();
});

/** Each says twice where it ends, or says it in a way that two readers could read differently. */
const UNCLEAR = {
  'two lengths that differ': 'Content-Length: 2\r\nContent-Length: 40\r\n',
  'two lengths that are equal': 'Content-Length: 2\r\nContent-Length: 2\r\n',
  'a length and chunks': 'Content-Length: 2\r\nTransfer-Encoding: chunked\r\n',
  'chunks and a length': 'Transfer-Encoding: chunked\r\nContent-Length: 2\r\n',
  'a length with a sign': 'Content-Length: +2\r\n',
  'an encoding before the chunks': 'Transfer-Encoding: gzip, chunked\r\n',
};

for (const [what, framing] of Object.entries(UNCLEAR)) {
  test(`a request with ${what} is refused, and what comes behind it is not read`, async () => {
    const kms = await PocketKms.create();
    const server = await kms.serve();
    const head = `POST / HTTP/1.1\r\nHost: a\r\nX-Amz-Target: TrentService.CreateKey\r\nAuthorization: ${SIGNED}\r\n`;
    const smuggled = `${head}Content-Length: 2\r\n\r\n{}`;
    const answers = await exchange(server.port, [`${head}${framing}\r\n{}${smuggled}`]);
    assert.match(answers, /^HTTP\/1\.1 400 Bad Request\r\n/);
    assert.match(answers, /\r\nDate: .+\r\n/);
    assert.equal(answers.split('HTTP/1.1 ').length, 2, answers);
    assert.deepEqual(kms.changes(), []);
    assert.equal((await fetch(server.url)).status, 200);
    await server.close();
  });
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  test(`the program serves the SDK and stops cleanly on ${signal}`, async () => {
    const { child, line, ended } = program('serve', '--port', '0');
    const [, url] = /^pocket-kms is ready at (http:\/\/127\.0\.0\.1:\d+)$/.exec(await line);
    const sdk = client(url);
    await sdk.send(new CreateKeyCommand({}));
    child.kill(signal);
    assert.deepEqual(await ended, [0, null]);
    sdk.destroy();
  });
}

test('the program takes a seed and an account', async () => {
  const keys = [];
  for (let run = 0; run < 2; run += 1) {
    const { child, line, ended } = program('serve', '--port=0', '--seed', 'x', '--account', '000000000042');
    const config = { region: 'us-east-1', credentials: { accessKeyId: 'AKIA', secretAccessKey: 'x' } };
    const sdk = new KMSClient({ ...config, endpoint: (await line).split(' ').at(-1) });
    keys.push((await sdk.send(new CreateKeyCommand({}))).KeyMetadata.Arn);
    sdk.destroy();
    child.kill();
    await ended;
  }
  assert.equal(keys[0], keys[1]);
  assert.match(keys[0], /^arn:aws:kms:us-east-1:000000000042:key\//);
});

const TLS = fileURLToPath(new URL('tls/', import.meta.url));

/** Makes a call over TLS to a server that `ca` vouches for, and gives the status. */
function overTls(url, ca = readFileSync(`${TLS}localhost.pem`)) {
  return new Promise((resolve, reject) => {
    const headers = { Authorization: SIGNED, 'X-Amz-Target': 'TrentService.ListKeys' };
    const options = { method: 'POST', headers, ca, agent: false };
    const asked = request(url, options, (response) => response.resume().on('end', () => resolve(response.statusCode)));
    asked.on('error', reject).end('{}');
  });
}

test('the program speaks TLS, and outlives peers that do not', async () => {
  const { child, line, ended } = program('serve', '--tls', `${TLS}localhost.pem`, `${TLS}localhost.key`, '--port', '0');
  const [, url, port] = /(https:\/\/127\.0\.0\.1:(\d+))$/.exec(await line);
  assert.equal(await overTls(url), 200);
  assert.match(await exchange(Number(port), ['GET / HTTP/1.1\r\nHost: a\r\n\r\n']), /^HTTP\/1\.1 400 /);
  const idle = connect(Number(port), '127.0.0.1');
  await once(idle, 'connect');
  assert.equal(await overTls(url), 200);
  child.kill('SIGINT');
  assert.deepEqual(await ended, [0, null]);
});

test('who comes without TLS, or does not believe the certificate, is told of', async () => {
  const kms = await PocketKms.create();
  const lines = [];
  const server = await kms.serve({ tls: true, log: (line) => lines.push(line.split(' ').slice(1).join(' ')) });
  const refused = await exchange(server.port, ['GET / HTTP/1.1\r\n', 'Host: a\r\n\r\n']);
  assert.match(refused, /^HTTP\/1\.1 400 /);
  assert.match(refused, /Write https:\/\/ in the client's endpoint/);
  const silent = connect(server.port, '127.0.0.1', () => silent.destroy());
  await once(silent, 'close');
  await assert.rejects(overTls(server.url), /certificate/);
  assert.equal(await overTls(server.url, server.authority), 200);
  await server.close();
  assert.equal(lines.length, 3, lines.join('\n'));
  assert.match(lines[0], /^- - - 400 SerializationException: .*without TLS/);
  assert.match(lines[1], /^- - - - the handshake of TLS has failed: socket hang up. Does the client believe the certificate/);
  assert.match(lines[2], /ListKeys 200$/);
});

test('the program makes a certificate for this machine, and tells where its authority is', async () => {
  const { child, ended } = program('serve', '--tls', '--port', '0');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => (await lines.next()).value;
  const [, port] = /^pocket-kms is ready at https:\/\/127\.0\.0\.1:(\d+)$/.exec(await next());
  const [, authority] = /^clients believe it by AWS_CA_BUNDLE=(.+)$/.exec(await next());
  const ca = readFileSync(authority, 'utf8');
  assert.equal(await overTls(`https://127.0.0.1:${port}`, ca), 200);
  assert.equal(await overTls(`https://localhost:${port}`, ca), 200);
  await assert.rejects(overTls(`https://127.0.0.1:${port}`), /certificate/);
  child.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null]);
  assert.equal(existsSync(authority), false);
});

test('a world is served under a certificate that is made now, and its authority is told', async () => {
  const kms = await PocketKms.create();
  const server = await kms.serve({ tls: true });
  assert.equal(await overTls(server.url, server.authority), 200);
  await server.close();
});

test('a certificate or a key that is empty is refused before anybody connects', async () => {
  const kms = await PocketKms.create();
  const [cert, key] = ['localhost.pem', 'localhost.key'].map((name) => readFileSync(new URL(`tls/${name}`, import.meta.url), 'utf8'));
  for (const tls of [{ cert: '', key }, { cert, key: Buffer.alloc(0) }, { cert, key: null }]) {
    await assert.rejects(kms.serve({ tls }), /^Error: TLS needs a certificate and the key that fits it, both in PEM: one of them is empty/);
  }
});

test('a world is served over TLS by a program, too', async () => {
  const kms = await PocketKms.create();
  const [cert, key] = ['localhost.pem', 'localhost.key'].map((name) => readFileSync(TLS + name));
  const server = await kms.serve({ tls: { cert, key } });
  assert.equal(await overTls(server.url), 200);
  await server.close();
});

test('the administration turns the clock, and no page of another origin reads it', async () => {
  const kms = await PocketKms.create({ now: '2030-01-01T00:00:00Z' });
  const server = await kms.serve({ cors: 'http://localhost:5173' });
  const asked = (path, init) => fetch(`${server.url}/_pocket-kms${path}`, init);
  assert.equal((await asked('/health')).status, 200);
  const body = JSON.stringify({ advance: '1d' });
  assert.equal((await asked('/clock', { method: 'POST', body })).status, 200);
  assert.deepEqual(kms.clock.now, new Date('2030-01-02T00:00:00Z'));
  const page = await asked('/health', { headers: { Origin: 'http://localhost:5173' } });
  assert.equal(page.headers.get('access-control-allow-origin'), 'http://localhost:5173');
  const stranger = await asked('/health', { headers: { Origin: 'https://evil.example' } });
  assert.equal(stranger.headers.get('access-control-allow-origin'), null);
  assert.equal(stranger.status, 403);
  await assert.rejects(kms.serve({ cors: 'localhost' }), /origin/);
  await server.close();
});

test('the administration is reached under other names where it is open', async () => {
  for (const [parameters, status] of [[[], '403'], [['--open-administration'], '200']]) {
    const { child, line } = program('serve', '--port', '0', ...parameters);
    const port = Number((await line).split(':').at(-1));
    const answer = await exchange(port, ['GET /_pocket-kms/health HTTP/1.1\r\nHost: kms.example\r\nConnection: close\r\n\r\n']);
    assert.equal(answer.slice(9, 12), status);
    child.kill();
  }
});

test('a program that is verbose prints a line for each request, and why it was refused', async () => {
  const { child, line } = program('serve', '--port', '0', '--verbose', '--cors', 'http://localhost:5173');
  const lines = createInterface({ input: child.stderr })[Symbol.asyncIterator]();
  const next = async () => (await lines.next()).value.replace(/^\S+Z /, '');
  const config = { region: 'eu-west-1', endpoint: (await line).split(' ').at(-1) };
  const sdk = new KMSClient({ ...config, credentials: { accessKeyId: 'arn:aws:iam::111122223333:user/Alice', secretAccessKey: 'x' } });
  await sdk.send(new CreateKeyCommand({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' }));
  assert.equal(await next(), 'arn:aws:iam::111122223333:user/Alice eu-west-1 CreateKey 200');
  await sdk.send(new DescribeKeyCommand({ KeyId: 'arn:aws:kms:eu-west-1:444455556666:alias/x' })).catch(() => {});
  assert.match(await next(), /^arn:aws:iam::111122223333:user\/Alice eu-west-1 DescribeKey 400 \S/);
  sdk.destroy();
  child.kill();
});

test('the program freezes the clock of a new world', async () => {
  const { child, line } = program('serve', '--port', '0', '--now', '2030-01-01T00:00:00Z');
  const sdk = client((await line).split(' ').at(-1));
  const { KeyMetadata } = await sdk.send(new CreateKeyCommand({}));
  assert.deepEqual(KeyMetadata.CreationDate, new Date('2030-01-01T00:00:00Z'));
  sdk.destroy();
  child.kill();
});

test('the settings of the command line are those of its world', async () => {
  const chosen = '1234abcd-12ab-34cd-56ef-1234567890ab';
  const texts = ['chosen-keys=true', 'consistency=aws', 'request/CreateKey=0.5', 'quota/keys=3', 'quota/keys=4'];
  const parameters = texts.flatMap((text) => ['--set', text]);
  const file = join(folder(), 'world');
  const told = async (url) => (await fetch(new URL('/_pocket-kms/settings', url))).json();
  const first = program('serve', '--port', '0', '--state', file, ...parameters);
  const url = (await first.line).split(' ').at(-1);
  const sdk = client(url);
  const { KeyMetadata } = await sdk.send(new CreateKeyCommand({ Tags: [{ TagKey: '_custom_id_', TagValue: chosen }] }));
  assert.equal(KeyMetadata.KeyId, chosen);
  assert.deepEqual(await told(url), { 'chosen-keys': 1, consistency: 'aws', 'quota/keys': 4, 'request/CreateKey': 0.5 });
  sdk.destroy();
  first.child.kill();
  await first.ended;
  const second = program('serve', '--port', '0', '--state', file, '--set', 'consistency=null', '--set=quota/keys=null');
  assert.deepEqual(await told((await second.line).split(' ').at(-1)), { 'chosen-keys': 1, 'request/CreateKey': 0.5 });
  second.child.kill();
});

/** A folder that is gone after the test. */
function folder() {
  const path = mkdtempSync(join(tmpdir(), 'pocket-kms-'));
  after(() => rmSync(path, { recursive: true }));
  return path;
}

/** Serves a world that is kept in `file`, and gives what `use` makes of its client. */
async function kept(file, use, signal = 'SIGTERM') {
  const { child, line, ended } = program('serve', '--port', '0', '--state', file);
  const sdk = client((await line).split(' ').at(-1));
  const used = await use(sdk);
  sdk.destroy();
  child.kill(signal);
  await ended;
  return used;
}

test('a world in a file goes on where it was, sealed', async () => {
  const file = join(folder(), 'world');
  const made = await kept(file, (sdk) => sdk.send(new CreateKeyCommand({ Description: 'kept' })));
  assert.deepEqual(readdirSync(dirname(file)).sort(), ['world', 'world.key']);
  assert.equal(statSync(`${file}.key`).mode & 0o077, 0);
  const { KeyMetadata } = await kept(file, (sdk) => sdk.send(new DescribeKeyCommand({ KeyId: made.KeyMetadata.KeyId })));
  assert.equal(KeyMetadata.Description, 'kept');
});

test('a server that was killed left what it had written, and its file is free', { timeout: 60_000 }, async () => {
  const file = join(folder(), 'world');
  const made = await kept(file, async (sdk) => {
    const created = await sdk.send(new CreateKeyCommand({}));
    while (!existsSync(file)) await new Promise((resolve) => { setTimeout(resolve, 100); });
    return created;
  }, 'SIGKILL');
  assert.ok(existsSync(`${file}.lock`));
  await kept(file, (sdk) => sdk.send(new DescribeKeyCommand({ KeyId: made.KeyMetadata.KeyId })));
});

/** What stands in the file of a world before it is served, and the sentence that tells of it. */
const SPOILED = {
  'is cut off': [(file) => writeFileSync(file, readFileSync(file).subarray(0, 100)), /^\S+world cannot be read, and nobody has changed it: .*not a snapshot of .*; put a copy of it there, or begin with another file$/],
  'is of a newer version': [(file) => writeFileSync(file, readFileSync(file).toString('latin1').replace('snapshot 2', 'snapshot 3'), 'latin1'), /^\S+world cannot be read, and nobody has changed it: .*newer version of pocket-kms.*; put a copy/],
  'is altered': [(file) => writeFileSync(file, readFileSync(file).fill(65, 400, 404)), /^\S+world cannot be read, and nobody has changed it: /],
  'has lost its key': [(file) => rmSync(`${file}.key`), /is sealed under \S+world\.key, which is missing: put it there/],
  'has half a key': [(file) => writeFileSync(`${file}.key`, 'x'), /world\.key must hold 32 bytes, not 1: /],
  'has another key': [(file) => writeFileSync(`${file}.key`, Buffer.alloc(32)), /the root key is wrong/],
  'is in use': [(file) => writeFileSync(`${file}.lock`, String(process.pid)), /is served by process \d+: stop it, or choose another file; if it is another program, remove \S+world\.lock$/],
  'is a folder': [(file) => { rmSync(file); mkdirSync(file); }, /world is a folder: a world is kept in a file, such as \S+world\/world$/],
};

for (const [what, [spoil, sentence]] of Object.entries(SPOILED)) {
  test(`a file that ${what} is refused, and stays as it is`, async () => {
    const file = join(folder(), 'world');
    await kept(file, (sdk) => sdk.send(new CreateKeyCommand({})));
    spoil(file);
    const before = statSync(file).mtimeMs;
    const { child, ended } = program('serve', '--port', '0', '--state', file);
    const errors = await errorsOf(child);
    assert.deepEqual(await ended, [1, null]);
    assert.match(/^pocket-kms: (.+)\n$/.exec(errors)[1], sentence);
    assert.equal(statSync(file).mtimeMs, before);
    assert.equal(existsSync(`${file}.lock`), what === 'is in use');
  });
}

test('a world that cannot be written is told of, and the server ends with a failure', async () => {
  const file = join(folder(), 'world');
  const { child, line, ended } = program('serve', '--port', '0', '--state', file);
  await line;
  // Nobody can put a file where a folder with something in it stands.
  mkdirSync(join(file, 'x'), { recursive: true });
  child.kill('SIGTERM');
  assert.match(await errorsOf(child), /^pocket-kms: the world is not written to \S+world, which stays as it was: /);
  assert.deepEqual(await ended, [1, null]);
});

test('the help names the options of the table and no other', async () => {
  const { child, ended } = program('serve', '--help');
  let said = '';
  for await (const chunk of child.stdout) said += chunk;
  assert.match(said, /^Usage: pocket-kms serve/);
  assert.deepEqual(await ended, [0, null]);
  const lines = [...said.matchAll(/^ {2}(--[a-z-]+)((?: \[?[A-Z][A-Z\]= ]*)?)/gm)];
  const found = lines.map(([, option, values]) => [option, values.match(/[A-Z]+/g) ?? []]);
  assert.deepEqual(Object.fromEntries(found), { ...COMMAND_LINE.options, '--version': [] });
});

for (const [text, time] of Object.entries(COMMAND_LINE.times)) {
  test(`'${text}' ${time === null ? 'is not an instant' : `is ${time}`}`, async () => {
    const made = PocketKms.create({ now: text });
    if (time === null) await assert.rejects(made, { name: 'TypeError', message: /is not an instant.*: write it like 2030-01-01T00:00:00Z/ });
    else assert.equal((await made).clock.now.toISOString(), time);
  });
}

test('the program says its version', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../npm/package.json', import.meta.url), 'utf8'));
  const { line, ended } = program('--version');
  assert.equal(await line, `pocket-kms ${version}`);
  assert.deepEqual(await ended, [0, null]);
});

/** What cannot be read, and the sentence that says so. */
const WRONG = [
  [[], 'say `pocket-kms serve`, `pocket-kms proxy`, `pocket-kms check` or `pocket-kms playground`; `pocket-kms --help` tells more'],
  [['sreve'], 'say `pocket-kms serve`, `pocket-kms proxy`, `pocket-kms check` or `pocket-kms playground`; `pocket-kms --help` tells more'],
  [['serve', '4599'], "serve takes options alone, not '4599'"],
  [['serve', '--prot', '1'], "there is no option --prot: did you mean '--port'?"],
  [['serve', '--colour'], /^there is no option --colour: it takes --port, --host, /],
  [['serve', '-p', '1'], /^there is no option -p: /],
  [['serve', '--port'], '--port needs a value; `pocket-kms --help` tells which'],
  [['serve', '--seed', '--port', '0'], '--seed needs a value; `pocket-kms --help` tells which'],
  [['serve', '--insecure-key-pool=no'], '--insecure-key-pool takes no value'],
  [['serve', '--port=0', '--host='], /^the host is empty: /],
  [['serve', '--port=0', '--state='], 'the file of a world has no name: say one, such as --state world'],
  [['serve', '--port=0', '--proxy=https://xks.example.com', '--proxy-ca=nowhere'], /^a file of --proxy-ca cannot be read: nowhere: /],
  [['serve', '--port=0', '--tls', `${TLS}localhost.pem`, `${TLS}other.key`], /^TLS needs a certificate and the key that fits it, both in PEM: /],
  [['serve', '--port=0', '--tls', `${TLS}localhost.key`, `${TLS}localhost.key`], /^TLS needs a certificate and the key that fits it, both in PEM: /],
];

for (const [wrong, sentence] of COMMAND_LINE.refused) {
  test(`\`pocket-kms serve ${wrong.join(' ')}\` fails with the sentence of the table`, async () => {
    const { child, ended } = program('serve', ...wrong);
    const errors = await errorsOf(child);
    assert.deepEqual(await ended, [1, null]);
    assert.ok(errors.startsWith(`pocket-kms: ${sentence}`), errors);
  });
}

for (const [wrong, sentence] of WRONG) {
  test(`\`pocket-kms ${wrong.join(' ')}\` fails with a sentence`, async () => {
    const { child, ended } = program(...wrong);
    const errors = await errorsOf(child);
    assert.deepEqual(await ended, [1, null]);
    const [, told] = /^pocket-kms: (.+)\n$/.exec(errors);
    if (typeof sentence === 'string') assert.equal(told, sentence);
    else assert.match(told, sentence);
  });
}

test('a port that is taken fails with advice', async () => {
  const kms = await PocketKms.create();
  const server = await kms.serve();
  const { child, ended } = program('serve', '--port', String(server.port));
  assert.match(await errorsOf(child), /port \d+ of 127\.0\.0\.1 is in use/);
  assert.deepEqual(await ended, [1, null]);
  await server.close();
});
