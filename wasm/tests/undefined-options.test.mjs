/** An option that is undefined is one that was not given, wherever it may be left out. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { PocketKms } from 'pocket-kms';

const ALICE = 'arn:aws:iam::111122223333:user/Alice';

/** An object that has these members, none of which says anything. */
const none = (names) => Object.fromEntries(names.split(' ').map((name) => [name, undefined]));

const FILTER = 'operation caller key alias encryptionContext via outcome error readOnly account region from to grant requestId eventId sharedId pattern';

/** The calls that take options, each with those that it may be given. */
const CALLS = [
  ['whoCan', (kms, { KeyId }, options) => kms.whoCan('kms:Decrypt', KeyId, options), 'context origin closed grant account region'],
  ['whatCan', (kms, _, options) => kms.whatCan(ALICE, options), 'keys actions context closed after account region'],
  [
    'simulate',
    (kms, { KeyId }, options) => kms.simulate('DescribeKey', { KeyId }, options),
    'region caller origin keyPolicy identityPolicies permissionsBoundary sessionPolicies serviceControlPolicies resourceControlPolicies endpointPolicy grants',
  ],
  ['exposure', (kms, { KeyId }, options) => kms.exposure(KeyId, options), 'within policy actions services account region'],
  ['lint', (kms, _, options) => kms.lint('{}', options), 'kind account'],
  ['loadTemplate', (kms, _, options) => kms.loadTemplate({ 'a.json': '{"Resources":{}}' }, options), 'parameters region account stackName imports'],
  ['an origin', (kms, _, origin) => kms.call('ListKeys', {}, { origin }), 'accessKeyId context fromConsole mfa principalTags secureTransport sourceAccount sourceArn sourceIdentity sourceIp tls tokenIssued userAgent via vpcEndpoint'],
  ['a session', (kms, _, session) => kms.call('ListKeys', {}, { caller: { arn: ALICE, session } }), 'policies managedPolicies tags mfa mfaAge tokenIssued sourceIdentity issuer provider temporary context'],
  ['a user', (kms, _, user) => kms.directory.user('arn:aws:iam::111122223333:user/Bob', user), 'policies managedPolicies uniqueId permissionsBoundary groups tags'],
  ['a role', (kms, _, role) => kms.directory.role('arn:aws:iam::111122223333:role/app', role), 'policies managedPolicies uniqueId trustPolicy maxSessionDuration permissionsBoundary tags serviceLinked'],
  ['a directory', (kms, _, entries) => kms.directory.register(entries), 'principals policies organizations accessKeys vpcEndpoints'],
  ['a platform', (kms, _, wish) => kms.enclave(wish), 'platform pcrs imageSha384 roleArn instanceId keySpec'],
  ['audit.set', (kms, _, options) => kms.audit.set(options), 'kept throttled networkActivity fullForeignIdentity inSnapshots'],
  ['audit.records', (kms, _, filter) => kms.audit.records(filter), `${FILTER} after before limit order`],
  ['audit.assertCalled', (kms, _, expected) => kms.audit.assertCalled('CreateKey', expected), `${FILTER.replace('operation ', '')} after times atLeast atMost`],
  ['audit.export', (kms, _, options) => kms.audit.export(options), `${FILTER} form after`],
  ['audit.metrics', (kms, _, wanted) => kms.audit.metrics(wanted), 'namespace name dimensions account region recentlyActive'],
  ['audit.metricData', (kms, _, options) => kms.audit.metricData('CallCount', options), 'namespace dimensions account region statistic period from to'],
  ['audit.leastPrivilege', (kms, _, options) => kms.audit.leastPrivilege(ALICE, options), 'form conditions denied filter inventory'],
  ['audit.usersOf', (kms, { Arn }, options) => kms.audit.usersOf(Arn, options), 'account region filter'],
];

for (const [name, call, members] of CALLS) {
  test(`${name}: what is undefined is not said`, async () => {
    const kms = await PocketKms.create({ seed: 1, now: '2030-01-01T00:00:00Z' });
    const { KeyMetadata } = await kms.call('CreateKey');
    const fork = kms.fork();
    const shown = async (world, options) => JSON.stringify((await call(world, KeyMetadata, options)) ?? null);
    assert.equal(await shown(fork, none(members)), await shown(kms, {}));
    fork.dispose?.();
  });
}
