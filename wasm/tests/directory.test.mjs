/** The directory of a world: who there is, what they may do, and the forms in which it is told. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';

import { CreateKeyCommand, KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import { PocketKms } from 'pocket-kms';

const ALICE = 'arn:aws:iam::111122223333:user/team/alice';
const APP = 'arn:aws:iam::111122223333:role/App';
const ENDPOINT = 'vpce-0123456789abcdef0';

function document(Effect, Action, members = {}) {
  return { Version: '2012-10-17', Statement: [{ Effect, Action, Resource: '*', ...members }] };
}

/** A world, a key of the default policy, and a function that says whether somebody may do something with it. */
async function world() {
  const kms = await PocketKms.create();
  const { KeyMetadata: { KeyId } } = await kms.call('CreateKey');
  const may = async (operation, sender) => {
    const refused = await kms.call(operation, { KeyId }, sender).then(() => undefined, (error) => error);
    if (refused !== undefined) assert.equal(refused.code, 'AccessDeniedException');
    return refused === undefined;
  };
  return { kms, may };
}

test('an account is trusted until somebody is registered', async () => {
  const { kms, may } = await world();
  assert.ok(await may('DescribeKey', { caller: ALICE }));
  assert.deepEqual(kms.directory.toJSON(), {});
  assert.equal(kms.directory.role(APP), APP);
  assert.ok(!await may('DescribeKey', { caller: ALICE }) && await may('DescribeKey', { caller: '111122223333' }));
  kms.directory.user(ALICE, { policies: [document('Allow', 'kms:DescribeKey')] });
  assert.ok(await may('DescribeKey', { caller: ALICE }) && !await may('DisableKey', { caller: ALICE }));
  kms.directory.remove(ALICE, APP);
  assert.ok(!await may('DescribeKey', { caller: ALICE }));
});

test('a user has own and managed policies, groups, a boundary and tags', async () => {
  const { kms, may } = await world();
  const { directory } = kms;
  const Condition = { StringEquals: { 'aws:PrincipalTag/team': 'blue' } };
  const managed = directory.policy('arn:aws:iam::111122223333:policy/Describe', document('Allow', 'kms:DescribeKey'));
  const allowed = JSON.stringify(document('Allow', ['kms:EnableKey', 'kms:DescribeKey']));
  const permissionsBoundary = directory.policy('arn:aws:iam::111122223333:policy/Boundary', allowed);
  directory.group('arn:aws:iam::111122223333:group/dev', { policies: { own: document('Allow', ['kms:EnableKey', 'kms:DisableKey'], { Condition }) } });
  for (const [team, enables] of [['blue', true], ['red', false]]) {
    directory.user(ALICE, { managedPolicies: [managed], groups: ['dev'], tags: { team }, permissionsBoundary });
    assert.equal(await may('DescribeKey', { caller: ALICE }), true);
    assert.equal(await may('EnableKey', { caller: ALICE }), enables);
    assert.equal(await may('DisableKey', { caller: ALICE }), false);
  }
});

test('a role speaks in sessions, which their policies limit', async () => {
  const { kms, may } = await world();
  kms.directory.role(APP, { policies: [document('Allow', ['kms:DescribeKey', 'kms:EnableKey'])] });
  const arn = 'arn:aws:sts::111122223333:assumed-role/App/one';
  assert.ok(await may('EnableKey', { caller: arn }));
  const caller = { arn, session: { policies: [document('Allow', 'kms:DescribeKey')] } };
  assert.ok(!await may('EnableKey', { caller }) && await may('DescribeKey', { caller }));
});

test('an organization limits its accounts, and an endpoint its calls', async () => {
  const { kms, may } = await world();
  const unit = { serviceControlPolicies: ['FullAWSAccess', document('Deny', 'kms:EnableKey')], accounts: ['111122223333'] };
  kms.directory.organization('o-exampleorgid', { managementAccount: '999988887777', units: { 'ou-ab12-11111111': unit } });
  assert.ok(!await may('EnableKey', { caller: ALICE }) && await may('DescribeKey', { caller: ALICE }));
  kms.directory.vpcEndpoint(ENDPOINT, { policy: document('Allow', 'kms:ListKeys', { Principal: '*' }) });
  const through = { caller: ALICE, origin: { vpcEndpoint: ENDPOINT } };
  assert.ok(!await may('DescribeKey', through));
  kms.directory.remove('o-exampleorgid', ENDPOINT);
  assert.ok(await may('EnableKey', through));
});

for (const [what, value] of Object.entries({ 'of two bytes a letter': 'é', 'long': 'a'.repeat(9000), 'long, and of two bytes a letter': 'é'.repeat(9000), 'empty': '' })) {
  test(`a signed header that is ${what} arrives as it was signed`, async () => {
    const kms = await PocketKms.create();
    const credentials = kms.directory.accessKey('AKIAIOSFODNN7EXAMPLE', { principal: '111122223333', secret: 'the secret' });
    const client = new KMSClient({ ...kms.clientConfig(), credentials });
    client.middlewareStack.add((next) => (args) => {
      args.request.headers['x-amz-shown'] = value;
      return next(args);
    }, { step: 'build' });
    const last = (next) => (args) => {
      const { 'x-amz-shown': shown, ...others } = args.request.headers;
      args.request.headers = { ...others, 'x-amz-shown': shown };
      return next(args);
    };
    client.middlewareStack.add(last, { step: 'finalizeRequest', priority: 'low' });
    assert.ok(await client.send(new ListKeysCommand({})));
  });
}

test('an access key names its principal, and its secret must be right', async () => {
  const { kms } = await world();
  kms.directory.user(ALICE, { policies: [document('Allow', 'kms:CreateKey')] });
  const credentials = kms.directory.accessKey('AKIAIOSFODNN7EXAMPLE', { principal: ALICE, secret: 'the secret of Alice' });
  const client = (theirs) => new KMSClient({ ...kms.clientConfig(), credentials: theirs });
  assert.equal((await client(credentials).send(new CreateKeyCommand({}))).KeyMetadata.AWSAccountId, '111122223333');
  await assert.rejects(client(credentials).send(new ListKeysCommand({})), { message: new RegExp(`^User: ${ALICE} is not authorized to perform: kms:ListKeys`) });
  const wrong = client({ ...credentials, secretAccessKey: 'another' });
  await assert.rejects(wrong.send(new CreateKeyCommand({})), { message: /signature/ });
  const told = JSON.stringify(kms.directory);
  assert.ok(!told.includes('the secret') && told.includes('AKIAIOSFODNN7EXAMPLE'));
});

test('everything that is told can be registered again', async () => {
  const { kms } = await world();
  const trustPolicy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: ALICE } }] };
  kms.directory.register({
    principals: { [ALICE]: { managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }, [APP]: { trustPolicy } },
    vpcEndpoints: { [ENDPOINT]: { vpc: 'vpc-0123456789abcdef0' } },
  });
  const told = kms.directory.toJSON();
  const other = await PocketKms.create();
  other.directory.register(JSON.parse(JSON.stringify(told)));
  assert.deepEqual([other.directory.toJSON(), kms.fork().directory.toJSON()], [told, told]);
  assert.match(inspect(kms.directory), /^Directory \{\s+principals/);
  kms.directory.register({ principals: { [ALICE]: null } });
  assert.deepEqual(Object.keys(kms.directory.toJSON().principals), [APP]);
});

const WRONG = [
  [(it) => it.user('alice'), 'principals.alice: is not the ARN of a principal'],
  [(it) => it.user(ALICE, { groups: ['nobody'] }), 'nobody'],
  [(it) => it.user(ALICE, { policy: {} }), `principals.${ALICE}.policy: is not known here`],
  [(it) => it.role(APP, { policies: [{ Statement: 5 }] }), `principals.${APP}.policies`],
  [(it) => it.accessKey('AKIAIOSFODNN7EXAMPLE', { principal: 'somebody', secret: 'hidden' }), 'somebody'],
  [(it) => it.register({ people: {} }), 'people'],
  [(it) => it.remove(ALICE), `principals.${ALICE}: is not registered`],
];

for (const [register, sentence] of WRONG) {
  test(`${register} is refused with its place, and nothing changes`, async () => {
    const { kms } = await world();
    assert.throws(() => register(kms.directory), ({ message }) => message.includes(sentence) && !message.includes('hidden'));
    assert.deepEqual(kms.directory.toJSON(), {});
  });
}

test('who is registered is not removed by saying nothing', async () => {
  const kms = await PocketKms.create();
  const [user, policy] = ['arn:aws:iam::111122223333:user/Alice', 'arn:aws:iam::111122223333:policy/p'];
  const document = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*' } };
  kms.directory.policy(policy, document);
  kms.directory.user(user);
  kms.directory.accessKey('AKIAIOSFODNN7EXAMPLE', { principal: user });
  const before = kms.directory.toJSON();
  const nothing = { name: 'TypeError', message: /: to remove it, call remove$/ };
  for (const said of [undefined, null]) {
    assert.throws(() => kms.directory.policy(policy, said), nothing);
    assert.throws(() => kms.directory.organization('o-0123456789', said), nothing);
  }
  assert.throws(() => kms.directory.user(user, null), nothing);
  assert.throws(() => kms.directory.accessKey('AKIAIOSFODNN7EXAMPLE', null), nothing);
  assert.throws(() => kms.directory.accessKey('AKIAIOSFODNN7EXAMPLE'), /principal/);
  assert.deepEqual(kms.directory.toJSON(), before);
});
