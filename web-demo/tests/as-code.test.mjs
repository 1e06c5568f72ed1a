// Calls as code: whoever runs it asks KMS for exactly what was asked before. The AWS CLI, boto3 and the SDK run it here.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { PocketKms } from 'pocket-kms';
import { withSources } from './sources.mjs';

const HERE = fileURLToPath(new URL('..', import.meta.url));
const run = promisify(execFile);

let asCode;
let recorded;
withSources(async (load) => {
  ({ asCode } = await load('/src/as-code/as-code.ts'));
  ({ recorded } = await load('/src/as-code/record.ts'));
});

/** A program of the Python environment of this repository, or of the machine. */
function found(name, ...probe) {
  const own = fileURLToPath(new URL(`../../.tools/python/bin/${name}`, import.meta.url));
  for (const program of [own, name]) {
    try {
      if (program !== own || existsSync(own)) return execFileSync(program, probe, { stdio: 'ignore' }) ?? program;
    } catch {
      // The next one may do.
    }
  }
  return undefined;
}

const AWS = found('aws', '--version');
const PYTHON = found('python3', '-c', 'import boto3');

const place = { region: 'eu-west-1', caller: 'arn:aws:iam::111122223333:user/team/Alice' };
const bytes = (text) => new TextEncoder().encode(text);
const of = (operation, input, output, more = {}) => recorded({ operation, input, output, place, refused: undefined, ...more });

/** Texts that a shell, a language or the CLI might take for something else. */
const ODD = [`it's "quoted" $HOME \`ls\` \\n`, '-leading', '--dry-run', 'two\nlines', '', '[1]', '{"a": 1}', 'https://example.com', 'file:///etc/hosts', 'öäü 🔑', '"""', "'''", '${1}', 'a,b=c'];

/** Answers like KMS would what scripts go on with, and keeps what it was asked. */
async function listen() {
  const asked = [];
  const server = createServer(async (request, response) => {
    const operation = request.headers['x-amz-target'].split('.')[1];
    asked.push({ operation, caller: /Credential=(.*)\/\d{8}\//.exec(request.headers.authorization)[1], region: /\/([\w-]+)\/kms\/aws4/.exec(request.headers.authorization)[1], input: JSON.parse(await text(request)) });
    const refused = asked.at(-1).input.KeyId === 'refused';
    response.writeHead(refused ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(refused ? { __type: 'DisabledException', message: 'no' } : (REPLIES[operation] ?? {})));
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { asked, address: `http://127.0.0.1:${server.address().port}`, close: () => new Promise((done) => server.close(done).closeAllConnections()) };
}

const REPLIES = {
  CreateKey: { KeyMetadata: { KeyId: 'new-id', Arn: 'new-arn' } },
  Encrypt: { CiphertextBlob: Buffer.from([0, 255, 1]).toString('base64'), KeyId: 'new-arn' },
  GetParametersForImport: { ImportToken: 'dG9rZW4=', PublicKey: 'a2V5' },
};

/** As the wire has it: bytes in base64, instants in seconds, secrets from the environment. */
function onWire(value) {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(onWire);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, onWire(part)]));
}

/** How each form is run. Everything that it might find on this machine is somewhere else. */
const RUNNERS = {
  cli: AWS && { program: 'bash', file: 'script.sh' },
  boto3: PYTHON && { program: PYTHON, file: 'script.py' },
  javascript: { program: process.execPath, file: 'script.mjs' },
};

async function runs(form, text, folder) {
  const { program, file } = RUNNERS[form];
  // Bare names of modules are found from where the program lies.
  const at = form === 'javascript' ? join(HERE, `tests/.${process.pid}-${file}`) : join(folder, file);
  writeFileSync(at, text);
  const env = {
    ...process.env,
    PATH: AWS?.includes('/') ? `${join(AWS, '..')}:${process.env.PATH}` : process.env.PATH,
    HOME: folder,
    AWS_CONFIG_FILE: join(folder, 'none'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'),
    AWS_EC2_METADATA_DISABLED: 'true',
    KEY_STORE_PASSWORD: 'password',
    XKS_PROXY_SECRET_ACCESS_KEY: 'c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0',
  };
  try {
    return await run(program, [at], { cwd: folder, env });
  } finally {
    rmSync(at);
  }
}

async function inFolder(steps) {
  const folder = mkdtempSync(join(tmpdir(), 'as-code-'));
  try {
    return await steps(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Each form of the calls asks for `expected`. */
function asksFor(name, calls, expected) {
  for (const form of Object.keys(RUNNERS)) {
    test(`${name}: ${form}`, { skip: !RUNNERS[form] && 'its program is not installed' }, () =>
      inFolder(async (folder) => {
        const server = await listen();
        try {
          writeFileSync(join(folder, 'encrypted-key-material.bin'), 'wrapped');
          const code = asCode(calls(), { api: server.address }).find((code) => code.form === form);
          await runs(form, code.files[0].text, folder);
          assert.deepEqual(server.asked.map(({ operation, input }) => ({ operation, input })), expected.map(([operation, input]) => ({ operation, input: onWire(input) })));
          assert.deepEqual([...new Set(server.asked.map(({ caller, region }) => `${caller} ${region}`))], [`${place.caller} ${place.region}`]);
        } finally {
          await server.close();
        }
      }),
    );
  }
}

const ALL_KINDS = [
  ['CreateKey', { Description: ODD[0], Policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: "it's" }] }, null, 2), MultiRegion: false, Tags: [{ TagKey: 'a b', TagValue: 'c,d' }] }],
  ['TagResource', { KeyId: 'some-key', Tags: [{ TagKey: 'team', TagValue: 'blue' }, { TagKey: 'stage', TagValue: 'test' }] }],
  ['UntagResource', { KeyId: 'some-key', TagKeys: ['team', '-odd', 'a b'] }],
  ['ImportKeyMaterial', { KeyId: 'some-key', ImportToken: new Uint8Array([0, 1, 254]), EncryptedKeyMaterial: bytes('wrapped'), ValidTo: new Date('2027-01-02T03:04:05Z') }],
  ['Encrypt', { KeyId: 'some-key', Plaintext: bytes('it\'s "plain"'), EncryptionContext: { tenant: 'blue', 'odd=name': 'a"b$c' }, DryRun: false }],
  ['GenerateDataKey', { KeyId: 'alias/a', NumberOfBytes: 32, EncryptionContext: { tenant: 'blue' }, GrantTokens: ['token/+='], DryRun: true }],
  ['CreateGrant', { KeyId: 'k', GranteePrincipal: 'arn:aws:iam::111122223333:role/App', Operations: ['Encrypt', 'Decrypt'], Constraints: { EncryptionContextSubset: { 'a b': '' } } }],
  ['CreateCustomKeyStore', { CustomKeyStoreName: 'outside', XksProxyUriEndpoint: 'https://xks.example.com', XksProxyConnectivity: 'PUBLIC_ENDPOINT' }],
  ['Sign', { KeyId: 'k', Message: new Uint8Array(0), SigningAlgorithm: 'ECDSA_SHA_256' }],
  ['ListKeys', { Limit: 10, Marker: '-marker' }],
  ['GenerateRandom', {}],
];

asksFor('code repeats every kind of value', () => ALL_KINDS.map(([operation, input]) => of(operation, input, {})), ALL_KINDS);

asksFor('texts are what they are', () => ODD.map((Description) => of('UpdateKeyDescription', { KeyId: 'k', Description }, {})), ODD.map((Description) => ['UpdateKeyDescription', { KeyId: 'k', Description }]));

asksFor(
  'what a reply told is taken from the reply',
  () => [
    of('CreateKey', {}, { KeyMetadata: { KeyId: 'old-id', Arn: 'old-arn' } }),
    of('Encrypt', { KeyId: 'old-id', Plaintext: bytes('x') }, { CiphertextBlob: bytes('old ciphertext'), KeyId: 'old-arn' }),
    of('Decrypt', { KeyId: 'old-arn', CiphertextBlob: bytes('old ciphertext') }, { Plaintext: bytes('x') }),
    of('RevokeGrant', { KeyId: 'named', GrantId: 'old-id' }, {}),
  ],
  [
    ['CreateKey', {}],
    ['Encrypt', { KeyId: 'new-id', Plaintext: bytes('x') }],
    ['Decrypt', { KeyId: 'new-arn', CiphertextBlob: new Uint8Array([0, 255, 1]) }],
    ['RevokeGrant', { KeyId: 'named', GrantId: 'new-id' }],
  ],
);

const ASKED = { KeyId: 'k', WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' };

asksFor(
  'secrets come from the environment, wrapped key material from a file',
  () => [
    of('CreateCustomKeyStore', { CustomKeyStoreName: 'a', XksProxyAuthenticationCredential: { AccessKeyId: 'ABCDEFGHIJKLMNOPQRST', RawSecretAccessKey: 'do not tell' }, KeyStorePassword: 'nor this' }, {}),
    of('GetParametersForImport', ASKED, { ImportToken: bytes('old token'), PublicKey: bytes('old key') }),
    of('ImportKeyMaterial', { KeyId: 'k', ImportToken: bytes('old token'), EncryptedKeyMaterial: bytes('for the old key') }, {}),
  ],
  [
    [
      'CreateCustomKeyStore',
      {
        CustomKeyStoreName: 'a',
        XksProxyAuthenticationCredential: { AccessKeyId: 'ABCDEFGHIJKLMNOPQRST', RawSecretAccessKey: 'c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0' },
        KeyStorePassword: 'password',
      },
    ],
    ['GetParametersForImport', ASKED],
    ['ImportKeyMaterial', { KeyId: 'k', ImportToken: bytes('token'), EncryptedKeyMaterial: bytes('wrapped') }],
  ],
);

asksFor(
  'a refusal is expected, and the lesson goes on',
  () => [of('EnableKey', { KeyId: 'refused' }, undefined, { refused: 'DisabledException' }), of('DisableKey', { KeyId: 'k' }, {})],
  [
    ['EnableKey', { KeyId: 'refused' }],
    ['DisableKey', { KeyId: 'k' }],
  ],
);

for (const form of Object.keys(RUNNERS)) {
  test(`a lesson fails where nothing is refused any more: ${form}`, { skip: !RUNNERS[form] && 'its program is not installed' }, () =>
    inFolder(async (folder) => {
      const server = await listen();
      try {
        const calls = [of('EnableKey', { KeyId: 'k' }, undefined, { refused: 'DisabledException' }), of('DisableKey', { KeyId: 'k' }, {})];
        const code = asCode(calls, { api: server.address }).find((code) => code.form === form);
        await assert.rejects(runs(form, code.files[0].text, folder));
        assert.equal(server.asked.length, 1);
      } finally {
        await server.close();
      }
    }),
  );
}

test('code says who calls, and has a client or a profile for each', () => {
  const bob = { region: 'us-west-2', caller: 'arn:aws:iam::444455556666:user/Bob', origin: { sourceIp: '192.0.2.1' } };
  const calls = [of('DisableKey', { KeyId: 'k' }, {}), of('EnableKey', { KeyId: 'k' }, {}, { place: bob })];
  const texts = Object.fromEntries(asCode(calls, { api: null }).map(({ form, files }) => [form, files[0].text]));
  for (const form of ['cli', 'boto3', 'javascript']) {
    for (const word of [place.caller, bob.caller, bob.region, 'are not part of this code']) assert.ok(texts[form].includes(word), `${form} says ${word}`);
  }
  assert.match(texts.cli, /export AWS_PROFILE=Alice\n[^]*export AWS_PROFILE=Bob\n/);
  assert.match(texts.boto3, /profile_name="Bob"/);
  assert.match(texts.javascript, /fromIni\(\{ profile: "Bob" \}\)/);
});

test('a name of several lines stays in its comment', () => {
  const odd = { region: 'us-east-1', caller: 'arn:aws:iam::111122223333:user/A\nexit 1' };
  const calls = [of('DisableKey', { KeyId: 'k\nResources: {}' }, {}, { place: odd })];
  for (const { form, files } of asCode(calls, { api: null })) {
    assert.doesNotMatch(files[0].text, /^exit/m, form);
    if (form === 'cloudformation') assert.doesNotMatch(files[0].text, /^Resources: \{\}/m);
  }
});

test('nothing secret of a request or a reply is kept', () => {
  const secret = bytes('a very secret text');
  const kept = [
    of('CreateCustomKeyStore', { KeyStorePassword: 'a very secret text' }, {}),
    of('ImportKeyMaterial', { KeyId: 'k', EncryptedKeyMaterial: secret }, {}),
    of('GenerateDataKeyPair', { KeyId: 'k' }, { PrivateKeyPlaintext: secret, PublicKey: bytes('public') }),
    of('Decrypt', { KeyId: 'k' }, { Plaintext: secret }),
    of('DeriveSharedSecret', { KeyId: 'k' }, { SharedSecret: secret }),
  ];
  const said = JSON.stringify(kept);
  for (const form of ['a very secret text', Buffer.from(secret).toString('base64'), JSON.stringify(secret)]) assert.ok(!said.includes(form), form);
});

const POLICY = { Version: '2012-10-17', Statement: [{ Sid: 'Own', Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'kms:*', Resource: '*' }, { Sid: 'Odd', Effect: 'Deny', Principal: '*', Action: ['kms:Sign'], Resource: '*', Condition: { StringEquals: { 'aws:RequestTag/on': ['yes', '12', 'null', '#', '- a: b'] } } }] };

test('a template of CloudFormation makes the key as the calls have left it', async () => {
  const told = { KeyMetadata: { KeyId: 'old-id', Arn: 'old-arn' } };
  const calls = [
    of('CreateKey', { Description: 'first: #1', MultiRegion: true, KeySpec: 'SYMMETRIC_DEFAULT', Tags: [{ TagKey: 'no', TagValue: '1' }, { TagKey: 'gone', TagValue: 'x' }] }, told),
    of('CreateAlias', { AliasName: 'alias/first', TargetKeyId: 'old-id' }, {}),
    of('PutKeyPolicy', { KeyId: 'old-arn', Policy: JSON.stringify(POLICY) }, {}),
    of('UpdateKeyDescription', { KeyId: 'old-id', Description: "it's second" }, {}),
    of('EnableKeyRotation', { KeyId: 'old-id', RotationPeriodInDays: 90 }, {}),
    of('TagResource', { KeyId: 'old-id', Tags: [{ TagKey: 'no', TagValue: 'null' }] }, {}),
    of('UntagResource', { KeyId: 'old-id', TagKeys: ['gone'] }, {}),
    of('DisableKey', { KeyId: 'old-id' }, {}),
    of('Encrypt', { KeyId: 'old-id' }, undefined, { refused: 'DisabledException' }),
  ];
  const { files, leftOut } = asCode(calls, { api: null }).find(({ form }) => form === 'cloudformation');
  assert.deepEqual(leftOut, ['Encrypt']);
  assert.deepEqual(files.map(({ name }) => name), ['lesson-eu-west-1.yaml']);
  const kms = await PocketKms.create();
  const options = { region: place.region, caller: 'arn:aws:iam::111122223333:root' };
  await kms.loadTemplate({ 'template.yaml': files[0].text }, { region: place.region, account: '111122223333' });
  const call = (operation, input) => kms.call(operation, input, options);
  const { KeyMetadata } = await call('DescribeKey', { KeyId: 'alias/first' });
  assert.equal(KeyMetadata.Description, "it's second");
  assert.equal(KeyMetadata.KeyState, 'Disabled');
  assert.equal(KeyMetadata.MultiRegion, true);
  const KeyId = KeyMetadata.KeyId;
  assert.deepEqual(JSON.parse((await call('GetKeyPolicy', { KeyId })).Policy), POLICY);
  assert.deepEqual((await call('ListResourceTags', { KeyId })).Tags, [{ TagKey: 'no', TagValue: 'null' }]);
  kms.dispose();
});

test('a template names a key that is there already, and has one file for each Region', () => {
  const change = asCode([of('DisableKey', { KeyId: 'there' }, {})], { api: null }).find(({ form }) => form === 'cloudformation');
  assert.match(change.files[0].text, /^# Key is the key there: .*\n[^]*Enabled: false/);
  const told = { KeyMetadata: { KeyId: 'mrk-1', Arn: 'arn' } };
  const spread = [of('CreateKey', { MultiRegion: true }, told), of('ReplicateKey', { KeyId: 'mrk-1', ReplicaRegion: 'us-east-1' }, {}), of('DisableKey', { KeyId: 'mrk-1' }, {}, { place: { ...place, region: 'us-east-1' } })];
  const { files } = asCode(spread, { api: null }).find(({ form }) => form === 'cloudformation');
  assert.deepEqual(files.map(({ name }) => name), ['lesson-eu-west-1.yaml', 'lesson-us-east-1.yaml']);
  assert.match(files[1].text, /Parameters:\n {2}PrimaryKeyArn:\n[^]*AWS::KMS::ReplicaKey[^]*PrimaryKeyArn: !Ref PrimaryKeyArn\n[^]*Enabled: false/);
  assert.equal(files[1].text.match(/Type: "?AWS::KMS/g).length, 1);
});

test('what no template can say has no such form', () => {
  assert.deepEqual(asCode([of('Encrypt', { KeyId: 'k', Plaintext: bytes('x') }, {})], { api: null }).map(({ form }) => form), ['cli', 'boto3', 'javascript']);
});
