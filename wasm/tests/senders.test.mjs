/** Who calls, and from where: in direct calls, through clients of the AWS SDK, and through their credentials. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { PocketKms } from 'pocket-kms';

const ALICE = 'arn:aws:iam::111122223333:user/Alice';
const BOB = 'arn:aws:iam::111122223333:user/Bob';
const Plaintext = new Uint8Array(4);

/** A key that its account may administer, and that Alice may use through S3 alone, from one address. */
async function keyOfAlice(kms) {
  const Condition = { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' }, IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };
  const Statement = [
    { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: ['kms:PutKeyPolicy', 'kms:DescribeKey'], Resource: '*' },
    { Effect: 'Allow', Principal: { AWS: ALICE }, Action: 'kms:Encrypt', Resource: '*', Condition },
  ];
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  return (await kms.call('CreateKey', { Policy })).KeyMetadata.KeyId;
}

const origin = { via: ['s3.amazonaws.com'], sourceIp: '203.0.113.7' };

/** Each encrypts as somebody from somewhere. */
const WAYS = {
  'a direct call': (kms, KeyId, sender) => kms.call('Encrypt', { KeyId, Plaintext }, sender),
  'a request handler': (kms, KeyId, sender) => {
    const credentials = { accessKeyId: 'AKIA', secretAccessKey: 'x' };
    const client = new KMSClient({ region: 'us-east-1', credentials, requestHandler: kms.requestHandler(sender) });
    return client.send(new EncryptCommand({ KeyId, Plaintext }));
  },
  'a client configuration': (kms, KeyId, sender) => new KMSClient(kms.clientConfig(sender)).send(new EncryptCommand({ KeyId, Plaintext })),
  'an intercepted class': async (kms, KeyId, sender) => {
    const intercepted = kms.intercept(KMSClient, sender);
    return new KMSClient({ region: 'us-east-1' }).send(new EncryptCommand({ KeyId, Plaintext })).finally(intercepted.dispose);
  },
};

for (const [way, encrypt] of Object.entries(WAYS)) {
  test(`the caller and the origin of ${way} decide`, async () => {
    const kms = await PocketKms.create();
    const KeyId = await keyOfAlice(kms);
    assert.ok((await encrypt(kms, KeyId, { caller: ALICE, origin })).CiphertextBlob);
    const strangers = [{ caller: BOB, origin }, { caller: ALICE }, { caller: ALICE, origin: { ...origin, sourceIp: '198.51.100.1' } }, { origin }];
    for (const stranger of strangers) {
      const denied = await encrypt(kms, KeyId, stranger).catch((error) => error);
      assert.equal(denied.name, 'AccessDeniedException', JSON.stringify(stranger));
    }
  });
}

test('an access key id that is an ARN names its principal, unless the host names another one', async () => {
  const kms = await PocketKms.create();
  const KeyId = await keyOfAlice(kms);
  const config = { region: 'us-east-1', credentials: { accessKeyId: ALICE, secretAccessKey: 'x' } };
  const client = (sender) => new KMSClient({ ...config, requestHandler: kms.requestHandler(sender) });
  await client({ origin }).send(new EncryptCommand({ KeyId, Plaintext }));
  await assert.rejects(client({ origin, caller: BOB }).send(new EncryptCommand({ KeyId, Plaintext })), { name: 'AccessDeniedException' });
});

/** Asks by the standard chain of the SDK who calls: by what a process finds in its environment and in its files. */
const WHO = `
  import { KMSClient, CreateKeyCommand } from '@aws-sdk/client-kms';
  import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
  import { PocketKms } from 'pocket-kms';
  const kms = await PocketKms.create();
  const blocks = [kms.intercept(KMSClient), kms.intercept(STSClient)];
  await new KMSClient().send(new CreateKeyCommand({}));
  const inBlock = (await new STSClient().send(new GetCallerIdentityCommand({}))).Arn;
  for (const block of blocks) block.dispose();
  const byHandler = await new STSClient({ requestHandler: kms.requestHandler() }).send(new GetCallerIdentityCommand({}));
  const [made] = kms.audit.events({ operation: 'CreateKey' });
  console.log(JSON.stringify([inBlock, byHandler.Arn, made.userIdentity.arn]));`;

test('the environment and credential files name principals by their ARNs', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'pocket-kms-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'credentials');
  writeFileSync(file, `[bob]\naws_access_key_id = ${BOB}\naws_secret_access_key = any\n`);
  const ways = [
    [ALICE, { AWS_ACCESS_KEY_ID: ALICE, AWS_SECRET_ACCESS_KEY: 'any' }],
    [BOB, { AWS_SHARED_CREDENTIALS_FILE: file, AWS_CONFIG_FILE: file, AWS_PROFILE: 'bob' }],
  ];
  for (const [caller, environment] of ways) {
    const unconfigured = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
    const env = { ...Object.fromEntries(unconfigured), AWS_REGION: 'us-east-1', AWS_EC2_METADATA_DISABLED: 'true', ...environment };
    const settings = { env, cwd: fileURLToPath(new URL('.', import.meta.url)), encoding: 'utf8' };
    const told = JSON.parse(execFileSync(process.execPath, ['--no-warnings', '--input-type=module', '--eval', WHO], settings));
    assert.deepEqual(told, [caller, caller, caller]);
  }
});

test('a client whose endpoint is the name of a VPC endpoint calls through it', async () => {
  const kms = await PocketKms.create();
  const endpoint = 'vpce-0123456789abcdef0';
  const Condition = { StringEquals: { 'aws:SourceVpce': endpoint } };
  const Statement = [
    { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: ['kms:PutKeyPolicy', 'kms:DescribeKey'], Resource: '*' },
    { Effect: 'Allow', Principal: { AWS: ALICE }, Action: 'kms:Encrypt', Resource: '*', Condition },
  ];
  const { KeyMetadata: { KeyId } } = await kms.call('CreateKey', { Policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
  const encrypt = (more) => new KMSClient({ ...kms.clientConfig({ caller: ALICE }), ...more }).send(new EncryptCommand({ KeyId, Plaintext }));
  assert.ok((await encrypt({ endpoint: `https://${endpoint}-abcdefgh.kms.us-east-1.vpce.amazonaws.com` })).CiphertextBlob);
  await assert.rejects(encrypt({ endpoint: 'https://vpce-0aaaaaaaaaaaaaaaa-abcdefgh.kms.us-east-1.vpce.amazonaws.com' }), { name: 'AccessDeniedException' });
  await assert.rejects(encrypt({}), { name: 'AccessDeniedException' });
});

test('a caller in a session has its facts', async () => {
  const kms = await PocketKms.create();
  const Condition = {
    StringEquals: { 'cognito-identity.amazonaws.com:sub': 'eu-west-1:1', 'aws:PrincipalTag/team': 'blue' },
    NumericLessThan: { 'aws:MultiFactorAuthAge': '600' },
    StringLike: { 'aws:Referer': 'https://example.com/*' },
  };
  const Statement = [
    { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:PutKeyPolicy', Resource: '*' },
    { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:role/App' }, Action: 'kms:Encrypt', Resource: '*', Condition },
  ];
  const { KeyMetadata: { KeyId } } = await kms.call('CreateKey', { Policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
  const session = (mfaAge) => ({
    provider: 'cognito-identity.amazonaws.com', context: { 'cognito-identity.amazonaws.com:sub': 'eu-west-1:1' }, tags: { team: 'blue' }, mfaAge,
  });
  const caller = (mfaAge) => ({ arn: 'arn:aws:sts::111122223333:assumed-role/App/one', session: session(mfaAge) });
  const referred = { context: { 'aws:Referer': 'https://example.com/page' } };
  for (const encrypt of Object.values(WAYS)) {
    assert.ok((await encrypt(kms, KeyId, { caller: caller('5m'), origin: referred })).CiphertextBlob);
    for (const stranger of [{ caller: caller('1h'), origin: referred }, { caller: caller('5m') }]) {
      await assert.rejects(encrypt(kms, KeyId, stranger), { name: 'AccessDeniedException' });
    }
  }
});

const DECLARED = {
  Origin: { origin: { nothing: 1 } },
  Caller: { caller: { nothing: 1 } },
  Session: { caller: { session: { nothing: 1 } } },
};

for (const [type, sender] of Object.entries(DECLARED)) {
  test(`the declarations name every member of ${type}, and the core names them where one is unknown`, async () => {
    const kms = await PocketKms.create();
    const refused = await kms.call('ListKeys', {}, sender).catch((error) => error);
    const [, listed] = /^\w+ has no 'nothing': its members are (.*)$/.exec(refused.message);
    const members = listed.split(', ').map((member) => member.replaceAll(/_(.)/g, (_, letter) => letter.toUpperCase()));
    const types = readFileSync(new URL('../npm/directory.d.cts', import.meta.url), 'utf8');
    const [, declared] = new RegExp(`export interface ${type} \\{(.*?)\n\\}`, 's').exec(types);
    assert.deepEqual([...declared.matchAll(/^ {2}(\w+)\?:/gm)].map(([, name]) => name).sort(), members.sort());
  });
}

const WRONG = {
  'no such caller': [{ caller: 'Alice' }, /^'Alice' is neither an account id, nor the ARN/],
  'a caller that is not text': [{ caller: 7 }, /^a caller is text/],
  'an origin that is not a structure': [{ origin: 's3' }, /^an origin is a structure/],
  'no such service': [{ origin: { via: 's3' } }, /^via must be the name of a service/],
  'no such address': [{ origin: { sourceIp: 'here' } }, /^sourceIp must be an IP address/],
};

for (const [what, [sender, message]] of Object.entries(WRONG)) {
  test(`${what} is refused, whoever is told of it`, async () => {
    const kms = await PocketKms.create();
    await assert.rejects(kms.call('ListKeys', {}, sender), { code: 'ValidationException', message });
    for (const use of [() => kms.requestHandler(sender), () => kms.clientConfig(sender), () => kms.intercept(KMSClient, sender)]) {
      assert.throws(use, { code: 'ValidationException', message });
    }
    assert.ok(!Object.hasOwn(KMSClient.prototype, 'send'));
  });
}
