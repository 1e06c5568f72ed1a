/** Templates of infrastructure: a module of its own reads and writes them, and is loaded at first use. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { PocketKms } from 'pocket-kms';

const TEMPLATE = fileURLToPath(new URL('../../tests/templates/orders.yaml', import.meta.url));
const TEXT = readFileSync(TEMPLATE, 'utf8');
const READER = 'arn:aws:iam::111122223333:role/reader-test';
const WRITER = 'arn:aws:iam::111122223333:role/writer-test';
const Plaintext = new TextEncoder().encode('12 apples');

const folder = mkdtempSync(join(tmpdir(), 'pocket-kms-'));
after(() => rmSync(folder, { recursive: true }));

/** What the author of the template meant. */
async function decide(kms, alias = 'alias/orders-test') {
  const { CiphertextBlob } = await kms.call('Encrypt', { KeyId: alias, Plaintext }, { caller: WRITER });
  assert.deepEqual((await kms.call('Decrypt', { CiphertextBlob }, { caller: READER })).Plaintext, Plaintext);
  await assert.rejects(kms.call('Encrypt', { KeyId: alias, Plaintext }, { caller: READER }), { code: 'AccessDeniedException' });
}

test('a template becomes keys, principals and policies', async () => {
  const kms = await PocketKms.create();
  const { names, leftOut } = await kms.loadTemplate(TEMPLATE);
  await decide(kms);
  assert.deepEqual([names.Reader, names.OrdersAlias.is], [{ kind: 'AWS::IAM::Role', is: READER }, 'alias/orders-test']);
  assert.ok(Array.isArray(leftOut) && names.Orders.is.startsWith('arn:aws:kms:us-east-1:111122223333:key/'));
});

test('a world is made of a template with parameters, elsewhere', async () => {
  const options = { parameters: { Stage: 'x' }, region: 'eu-west-1', account: '444455556666', seed: 1 };
  const made = async () => {
    const kms = await PocketKms.fromTemplate({ 'orders.yaml': TEXT }, options);
    const { KeyMetadata } = await kms.call('DescribeKey', { KeyId: 'alias/orders-x' }, { region: 'eu-west-1' });
    return KeyMetadata.Arn;
  };
  const [one, again] = [await made(), await made()];
  assert.equal(one, again);
  assert.match(one, /^arn:aws:kms:eu-west-1:444455556666:key\//);
});

test('a world of a template takes what every world takes', async () => {
  const roles = "Resources: {Reader: {Type: 'AWS::IAM::Role', Properties: {Tags: [{Key: a, Value: !ImportValue b}]}}}";
  const options = { stackName: 'orders', imports: { b: 'c' }, seed: 7, audit: { kept: 'all' }, keepRecipe: true };
  const kms = await PocketKms.fromTemplate({ 'roles.yaml': roles }, options);
  assert.deepEqual(Object.keys(kms.inventory().directory.principals), ['arn:aws:iam::111122223333:role/orders-Reader']);
  await kms.call('CreateKey');
  assert.deepEqual((await PocketKms.fromRecipe(kms.recipe())).inventory(), kms.inventory());
  assert.equal(kms.audit.records().records.at(-1).eventName, 'CreateKey');
});

test('folders and several files are read', async () => {
  writeFileSync(join(folder, 'orders.template.yaml'), TEXT);
  writeFileSync(join(folder, 'README.md'), 'not a template');
  mkdirSync(join(folder, 'asset.0123'));
  writeFileSync(join(folder, 'asset.0123', 'code.json'), '{');
  await decide(await PocketKms.fromTemplate(folder));
  await decide(await PocketKms.fromTemplate([new URL(`file://${folder}/orders.template.yaml`)]));
});

const WRONG = [
  [{ 'a.yaml': 'Resources: {Key: [}' }, /a\.yaml:1/],
  [{ 'a.json': '{}' }, /a\.json/],
  ['/nowhere.yaml', /^\/nowhere\.yaml cannot be read: /],
  ['Resources:\n  Key: {}\n', /not its path: give it with a name, as \{ "template\.yaml": text \}$/],
  [['{"Resources": {}}'], /not its path: give it with a name/],
];

for (const [files, message] of WRONG) {
  test(`${JSON.stringify(files)} is refused with its place, and nothing is loaded`, async () => {
    const kms = await PocketKms.create();
    await assert.rejects(kms.loadTemplate(files), { message });
    assert.deepEqual([kms.directory.toJSON(), (await kms.call('ListKeys')).Keys], [{}, []]);
  });
}

test('a recipe is performed whole or not at all, and the inventory tells what there is', async () => {
  const kms = await PocketKms.create();
  const steps = [{ as: 'Key', call: 'CreateKey' }, { call: 'CreateAlias', input: { AliasName: 'alias/a', TargetKeyId: { $from: ['Key', 'KeyMetadata', 'KeyId'] } } }];
  const { replies, given } = kms.perform({ version: 1, steps, give: { $from: ['Key', 'KeyMetadata', 'Arn'] } });
  assert.equal(given, replies.Key.KeyMetadata.Arn);
  assert.throws(() => kms.perform({ version: 1, steps }), ({ code, message }) => code === 'AlreadyExistsException' && message.includes('step 2'));
  const { keys } = kms.inventory();
  assert.deepEqual(keys.map(({ aliases }) => aliases), [['alias/a']]);
});

/** Runs `pocket-kms check`; gives its exit status and what it said. */
function check(...parameters) {
  const bin = fileURLToPath(new URL('../npm/bin.js', import.meta.url));
  return new Promise((resolve) => {
    execFile(process.execPath, [bin, 'check', ...parameters], (error, stdout, stderr) => resolve({ status: error?.code ?? 0, stdout, stderr }));
  });
}

const COMMAND_LINE = JSON.parse(readFileSync(new URL('../../tests/command-line.json', import.meta.url), 'utf8'));

for (const [wrong, sentence] of COMMAND_LINE.check.refused) {
  test(`\`pocket-kms check ${wrong.join(' ')}\` fails with the sentence of the table`, async () => {
    const { status, stderr } = await check(...wrong);
    assert.equal(status, 2);
    assert.ok(stderr.startsWith(`pocket-kms: ${sentence}`), stderr);
  });
}

test('the help of check names the options of the table and no other', async () => {
  const { status, stdout } = await check('--help');
  assert.equal(status, 0);
  const lines = [...stdout.matchAll(/^ {2}(--[a-z-]+)((?: [A-Z][A-Z=]*)?)/gm)];
  const found = lines.map(([, option, values]) => [option, values.match(/[A-Z]+/g) ?? []]);
  assert.deepEqual(Object.fromEntries(found), COMMAND_LINE.check.options);
});

const ASSERTIONS = fileURLToPath(new URL('../../tests/templates/orders.assertions.yaml', import.meta.url));

test('a folder without a template, and a list without a path, are other ones than were meant', async () => {
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  const message = `${empty} holds no template: none of its files ends in .json, .yaml, .yml, .template`;
  await assert.rejects(PocketKms.fromTemplate(empty), { message });
  const kms = await PocketKms.create();
  await assert.rejects(kms.loadTemplate([]), { message: 'there is no template: the list of paths is empty' });
  const { status, stderr } = await check(TEMPLATE, '--assertions', empty);
  assert.deepEqual([status, stderr], [2, `pocket-kms: --assertions takes a file, and ${empty} is a folder\n`]);
});

test('check says whether a template keeps what is asserted, as text and as data', async () => {
  const { status, stdout } = await check(TEMPLATE, '--assertions', ASSERTIONS);
  assert.deepEqual([status, stdout.includes('FAIL')], [0, false]);
  assert.match(stdout, /^ok {4}role Reader can kms:Decrypt alias\/orders-test with context tenant=\*$/m);
  const told = await check(TEMPLATE, '--assertions', ASSERTIONS, '--format', 'json');
  assert.equal(JSON.parse(told.stdout).passed, true);
  const wrong = join(folder, 'wrong.yaml');
  writeFileSync(wrong, '- role Reader can kms:Encrypt Orders\n');
  const failed = await check(TEMPLATE, '--assertions', wrong);
  assert.equal(failed.status, 1);
  assert.match(failed.stdout, /cannot kms:Encrypt/);
});

test('the report is UTF-8 as it is', async () => {
  const template = join(folder, 'schlüssel.yaml');
  writeFileSync(template, readFileSync(TEMPLATE));
  const wrong = join(folder, 'größe.yaml');
  writeFileSync(wrong, '- role Reader can kms:Encrypt Orders\n');
  for (const form of ['json', 'text']) {
    const { status, stdout } = await check(template, '--assertions', wrong, '--format', form);
    assert.deepEqual([status, stdout.includes('größe.yaml'), stdout.includes('\\u')], [1, true, false]);
    if (form === 'json') assert.equal(stdout, `${JSON.stringify(JSON.parse(stdout), null, 2)}\n`);
  }
});

test('the report is the one that every host gives', async () => {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const bin = fileURLToPath(new URL('../npm/bin.js', import.meta.url));
  const parameters = ['check', 'tests/templates/orders.yaml', '--assertions', 'tests/templates/orders.wrong.yaml'];
  const { status, stdout } = await new Promise((resolve) => {
    execFile(process.execPath, [bin, ...parameters], { cwd: root }, (error, stdout) => resolve({ status: error?.code ?? 0, stdout }));
  });
  const expected = readFileSync(new URL('../../tests/templates/orders.wrong.txt', import.meta.url), 'utf8');
  assert.equal(stdout.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'KEY-ID'), expected);
  assert.equal(status, 1);
});

test('a world is written as code that decides alike, and a policy has findings', async () => {
  const { files } = await (await PocketKms.fromTemplate(TEMPLATE)).export('cloudformation');
  await decide(await PocketKms.fromTemplate(files));
  const kms = await PocketKms.create();
  const [finding] = await kms.lint({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' }] });
  assert.ok(finding.code && finding.sentence && finding.mend);
});
