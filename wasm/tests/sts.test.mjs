/** Sessions that STS gives: clients of the AWS SDK assume roles, and call KMS with the credentials that they get. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { CreateKeyCommand, GenerateRandomCommand, KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import { AssumeRoleCommand, AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, GetFederationTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { PocketKms } from 'pocket-kms';

const ALICE = 'arn:aws:iam::111122223333:user/alice';
const BOB = 'arn:aws:iam::111122223333:user/bob';
const APP = 'arn:aws:iam::111122223333:role/App';
const SESSION = 'arn:aws:sts::111122223333:assumed-role/App/job-7';

const policy = (Action, members = { Resource: '*' }) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, ...members }] });

/** A world in which Alice may assume the role of an application, which may do two things; and her credentials. */
async function world() {
  const kms = await PocketKms.create();
  kms.directory.user(ALICE, { policies: [policy('sts:AssumeRole')] });
  const trustPolicy = policy('sts:AssumeRole', { Principal: { AWS: ALICE } });
  kms.directory.role(APP, { trustPolicy, policies: [policy(['kms:CreateKey', 'kms:ListKeys'])] });
  return { kms, alice: kms.directory.accessKey('AKIAIOSFODNN7EXAMPLE', { principal: ALICE, secret: 'hers' }) };
}

/** The credentials of a session that a client of STS opens. */
async function assumed(sts, members = {}) {
  const { AssumedRoleUser, Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: APP, RoleSessionName: 'job-7', ...members }));
  assert.equal(AssumedRoleUser.Arn, SESSION);
  return asClientsTake(Credentials);
}

function asClientsTake({ AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken }) {
  return { accessKeyId, secretAccessKey, sessionToken };
}

/** Each serves clients of a class that have these credentials. */
const WAYS = {
  'a request handler': (kms) => ({ made: (Client, credentials) => new Client({ region: 'us-east-1', credentials, requestHandler: kms.requestHandler() }), end: () => {} }),
  'an intercepted class': (kms) => {
    const intercepted = [kms.intercept(KMSClient), kms.intercept(STSClient)];
    const made = (Client, credentials) => new Client({ region: 'us-east-1', credentials });
    return { made, end: () => intercepted.forEach(({ dispose }) => dispose()) };
  },
};

for (const [way, serve] of Object.entries(WAYS)) {
  test(`through ${way} a role is assumed, and its credentials call KMS`, async () => {
    const { kms, alice } = await world();
    const { made, end } = serve(kms);
    const session = await assumed(made(STSClient, alice));
    const client = made(KMSClient, session);
    assert.equal((await client.send(new CreateKeyCommand({}))).KeyMetadata.AWSAccountId, '111122223333');
    const refused = await client.send(new GenerateRandomCommand({ NumberOfBytes: 8 })).catch((error) => error);
    assert.ok(refused.message.startsWith(`User: ${SESSION} is not authorized to perform: kms:GenerateRandom`), refused.message);
    assert.equal((await made(STSClient, session).send(new GetCallerIdentityCommand({}))).Arn, SESSION);
    await assert.rejects(made(KMSClient, alice).send(new ListKeysCommand({})), { name: 'AccessDeniedException' });
    end();
  });
}

test('a session has its policies, and its credentials expire by the clock of the world', async () => {
  const { kms, alice } = await world();
  const { made } = WAYS['a request handler'](kms);
  const session = await assumed(made(STSClient, alice), { Policy: JSON.stringify(policy('kms:ListKeys')), DurationSeconds: 900 });
  await made(KMSClient, session).send(new ListKeysCommand({}));
  await assert.rejects(made(KMSClient, session).send(new CreateKeyCommand({})), { message: /no session policy allows the kms:CreateKey action/ });
  kms.clock.advance('15m');
  // The client's clock goes with the world's, as that of a machine that has been asleep.
  const later = new KMSClient({ region: 'us-east-1', credentials: session, requestHandler: kms.requestHandler(), systemClockOffset: 15 * 60_000 });
  await assert.rejects(later.send(new ListKeysCommand({})), { name: 'ExpiredTokenException' });
});

test('who is not trusted, and what is not right, is refused', async () => {
  const { kms, alice } = await world();
  const { made } = WAYS['a request handler'](kms);
  kms.directory.user(BOB);
  const bob = kms.directory.accessKey('AKIAI44QH8DHBEXAMPLE', { principal: BOB, secret: 'his' });
  await assert.rejects(assumed(made(STSClient, bob)), { name: 'AccessDenied', message: /user\/bob is not authorized to perform: sts:AssumeRole/ });
  await assert.rejects(assumed(made(STSClient, { ...alice, secretAccessKey: 'another' })), { name: 'SignatureDoesNotMatch' });
  const session = await assumed(made(STSClient, alice));
  const forged = made(KMSClient, { ...session, sessionToken: 'another' });
  await assert.rejects(forged.send(new ListKeysCommand({})), ({ name }) => ['InvalidSignatureException', 'UnrecognizedClientException'].includes(name));
});

const ISSUER = 'oidc.eks.us-west-2.amazonaws.com/id/EXAMPLE';
const POD = 'system:serviceaccount:shop:api';

/** A token of an EKS cluster, whose key nobody has here. */
function identityToken(claims = {}) {
  const said = { iss: `https://${ISSUER}`, sub: POD, aud: ['sts.amazonaws.com'], exp: Math.floor(Date.now() / 1000) + 600, ...claims };
  return [{ alg: 'RS256' }, said, 'signature'].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
}

for (const [way, serve] of Object.entries(WAYS)) {
  test(`through ${way} the token of an identity provider opens a session of the role that trusts it`, async () => {
    const { kms } = await world();
    const condition = { StringEquals: { [`${ISSUER}:sub`]: POD, [`${ISSUER}:aud`]: 'sts.amazonaws.com' } };
    const trusting = { Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${ISSUER}` }, Condition: condition };
    const may = policy('kms:ListKeys', { Resource: '*', Condition: { StringEquals: { [`${ISSUER}:sub`]: POD } } });
    const RoleArn = kms.directory.role('arn:aws:iam::111122223333:role/Pod', { trustPolicy: policy('sts:AssumeRoleWithWebIdentity', trusting), policies: [may] });
    const { made, end } = serve(kms);
    const sts = made(STSClient);
    const opened = (claims) => sts.send(new AssumeRoleWithWebIdentityCommand({ RoleArn, RoleSessionName: 'api-1', WebIdentityToken: identityToken(claims) }));
    const { Credentials, SubjectFromWebIdentityToken, Audience } = await opened();
    assert.deepEqual([SubjectFromWebIdentityToken, Audience], [POD, 'sts.amazonaws.com']);
    const client = made(KMSClient, asClientsTake(Credentials));
    assert.deepEqual((await client.send(new ListKeysCommand({}))).Keys, []);
    await assert.rejects(client.send(new CreateKeyCommand({})), { name: 'AccessDeniedException' });
    await assert.rejects(opened({ sub: 'somebody' }), { name: 'AccessDenied', message: 'Not authorized to perform sts:AssumeRoleWithWebIdentity' });
    await assert.rejects(opened({ exp: 1 }), { name: 'ExpiredTokenException' });
    end();
  });
}

test('a federated user may do what its user and its policies allow, and a session lasts as long as its role allows', async () => {
  const { kms, alice } = await world();
  const { made } = WAYS['a request handler'](kms);
  await assert.rejects(assumed(made(STSClient, alice), { DurationSeconds: 7200 }), { message: 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.' });
  kms.directory.role(APP, { trustPolicy: policy('sts:AssumeRole', { Principal: { AWS: ALICE } }), maxSessionDuration: 7200 });
  await assumed(made(STSClient, alice), { DurationSeconds: 7200 });
  kms.directory.user(ALICE, { policies: [policy(['sts:GetFederationToken', 'kms:ListKeys', 'kms:CreateKey'])] });
  const command = new GetFederationTokenCommand({ Name: 'guest', Policy: JSON.stringify(policy('kms:ListKeys')) });
  const { FederatedUser, Credentials } = await made(STSClient, alice).send(command);
  assert.equal(FederatedUser.Arn, 'arn:aws:sts::111122223333:federated-user/guest');
  const guest = made(KMSClient, asClientsTake(Credentials));
  assert.deepEqual((await guest.send(new ListKeysCommand({}))).Keys, []);
  await assert.rejects(guest.send(new CreateKeyCommand({})), { message: /no session policy allows the kms:CreateKey action/ });
});
