/** What was recorded of calls: the core answers, the package passes it on and goes through it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { PocketKms } from 'pocket-kms';

const EVE = 'arn:aws:iam::444455556666:user/eve';
const BLUE = { tenant: 'blue' };

/** A key that was used once with a context, and once by somebody who may not. */
async function world() {
  const kms = await PocketKms.create({ now: '2030-01-01T00:00:00Z' });
  const { KeyMetadata: { KeyId, Arn } } = await kms.call('CreateKey');
  const { CiphertextBlob } = await kms.call('Encrypt', { KeyId, Plaintext: Buffer.from('hello'), EncryptionContext: BLUE });
  await kms.call('Decrypt', { CiphertextBlob, EncryptionContext: BLUE });
  await assert.rejects(kms.call('DescribeKey', { KeyId: Arn }, { caller: EVE }), { name: 'AccessDeniedException' });
  return { kms, KeyId, Arn, CiphertextBlob };
}

const named = (records) => records.map(({ eventName }) => eventName);

test('events are the records of CloudTrail', async () => {
  const { kms, KeyId, Arn } = await world();
  const records = kms.audit.events();
  assert.deepEqual(named(records), ['CreateKey', 'Encrypt', 'Decrypt', 'DescribeKey']);
  const [, encrypted, , denied] = records;
  assert.deepEqual(encrypted.requestParameters, { keyId: KeyId, encryptionContext: BLUE, encryptionAlgorithm: 'SYMMETRIC_DEFAULT' });
  assert.deepEqual([encrypted.eventTime, encrypted.resources[0].ARN], ['2030-01-01T00:00:00Z', Arn]);
  assert.deepEqual([denied.errorCode, denied.requestParameters], ['AccessDenied', null]);
  const { next, dropped, records: rest } = kms.audit.records({ after: 2 });
  assert.deepEqual([next, dropped, named(rest)], [4, 0, ['Decrypt', 'DescribeKey']]);
});

test('records are chosen by patterns of CloudWatch Logs and looked up as CloudTrail does', async () => {
  const { kms, KeyId } = await world();
  assert.deepEqual(named(kms.audit.events({ pattern: '{ $.errorCode = "AccessDenied" }' })), ['DescribeKey']);
  assert.deepEqual(named(kms.audit.events({ key: KeyId, order: 'newest', limit: 2 })), ['DescribeKey', 'Decrypt']);
  const LookupAttributes = [{ AttributeKey: 'ReadOnly', AttributeValue: 'true' }];
  const first = kms.audit.lookupEvents({ LookupAttributes, MaxResults: 1, EndTime: new Date('2030-01-01T00:00:00Z') });
  assert.deepEqual(first.Events.map(({ EventName }) => EventName), ['Decrypt']);
  assert.deepEqual([first.Events[0].EventTime, typeof first.NextToken], [new Date('2030-01-01T00:00:00Z'), 'string']);
  const rest = kms.audit.lookupEvents({ LookupAttributes, EndTime: new Date('2030-01-01T00:00:00Z'), NextToken: first.NextToken });
  assert.deepEqual([rest.Events.map(({ EventName }) => EventName), rest.NextToken], [['Encrypt'], undefined]);
  assert.deepEqual(kms.audit.lookupEvents({}, { account: '444455556666' }).Events.map(({ EventName }) => EventName), ['DescribeKey']);
  assert.throws(() => kms.audit.lookupEvents({ MaxResults: 51 }), { name: 'InvalidMaxResultsException' });
});

test('records are followed as they come, by whoever makes calls', { timeout: 20_000 }, async () => {
  const { kms, KeyId } = await world();
  const following = kms.audit.follow();
  const first = following.next();
  const second = following.next();
  await kms.call('DescribeKey', { KeyId });
  assert.equal((await first).value.eventName, 'DescribeKey');
  const server = await kms.serve();
  await fetch(server.url, { method: 'POST', headers: SERVED, body: '{}' });
  await server.close();
  assert.equal((await second).value.eventName, 'ListKeys');
  const all = kms.audit.follow({ after: 0 });
  assert.deepEqual(named(await taken(all, 6)), ['CreateKey', 'Encrypt', 'Decrypt', 'DescribeKey', 'DescribeKey', 'ListKeys']);
});

const SERVED = {
  'X-Amz-Target': 'TrentService.ListKeys',
  Authorization: 'AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/kms/aws4_request, SignedHeaders=host, Signature=0',
};

async function taken(following, count) {
  const found = [];
  for await (const record of following) {
    found.push(record);
    if (found.length === count) break;
  }
  return found;
}

test('following ends with its loop, with a signal and with the world', { timeout: 20_000 }, async () => {
  const { kms } = await world();
  const ended = { done: true, value: undefined };
  const left = kms.audit.follow();
  const waiting = left.next();
  await left.return();
  assert.deepEqual([await waiting, await left.next()], [ended, ended]);
  const controller = new AbortController();
  const signalled = kms.audit.follow({ signal: controller.signal }).next();
  controller.abort();
  assert.deepEqual(await signalled, ended);
  assert.deepEqual(await kms.audit.follow({ signal: controller.signal, after: 0 }).next(), ended);
  const disposed = kms.audit.follow().next();
  kms.dispose();
  assert.deepEqual(await disposed, ended);
});

test('events of EventBridge come as they happen, of calls and of the time', { timeout: 20_000 }, async () => {
  const { kms, KeyId, Arn } = await world();
  const told = kms.audit.eventbridge();
  assert.deepEqual(told.map(({ 'detail-type': type, detail }) => [type, detail.eventName]), [
    ['AWS API Call via CloudTrail', 'CreateKey'],
    ['AWS API Call via CloudTrail', 'Encrypt'],
    ['AWS API Call via CloudTrail', 'Decrypt'],
  ]);
  const all = kms.audit.eventbridge({ ruleState: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS', account: kms.account });
  assert.deepEqual(all.map(({ id }) => id).slice(0, 3), told.map(({ id }) => id));
  const coming = taken(kms.audit.followEventbridge(), 3);
  await kms.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
  kms.clock.advance('8d');
  const [scheduled, ...deleted] = await coming;
  assert.equal(scheduled.detail.eventName, 'ScheduleKeyDeletion');
  const deletion = deleted.find(({ 'detail-type': type }) => type === 'KMS CMK Deletion');
  assert.deepEqual([deletion.source, deletion.resources, deletion.time], ['aws.kms', [Arn], '2030-01-08T00:00:00Z']);
  assert.ok(deleted.some(({ 'detail-type': type }) => type === 'AWS Service Event via CloudTrail'));
});

test('metrics are data, and text for Prometheus', async () => {
  const { kms, Arn } = await world();
  const [metric] = kms.audit.metrics({ name: 'SuccessfulRequest', dimensions: { Operation: 'Encrypt' } });
  assert.deepEqual(metric, {
    namespace: 'AWS/KMS',
    name: 'SuccessfulRequest',
    account: kms.account,
    region: 'us-east-1',
    dimensions: { KeyArn: Arn, Operation: 'Encrypt' },
  });
  const time = new Date('2030-01-01T00:00:00Z');
  const data = (options) => kms.audit.metricData('SuccessfulRequest', { statistic: 'Sum', from: time, ...options });
  assert.deepEqual(data(), [{ time, value: 2 }]);
  assert.deepEqual(data({ dimensions: { Operation: 'Decrypt' }, period: 300 }), [{ time, value: 1 }]);
  assert.deepEqual(data({ to: time }), []);
  assert.match(kms.audit.openMetrics(), /^aws_kms_successful_request_total\{.*operation="Decrypt".*\} 1$/m);
  assert.throws(() => kms.audit.metricData('SuccessfulRequests'), { code: 'ValidationException', message: /name: / });
});

test('alarms change at the time of the world, and their changes are followed', { timeout: 20_000 }, async () => {
  const { kms, KeyId } = await world();
  const { alarms: [alarm] } = kms.audit.alarms({ put: { recipe: 'pending_deletion_use', filter: undefined } });
  assert.equal(alarm.name, 'pending_deletion_use');
  assert.ok(alarm.since instanceof Date);
  const coming = kms.audit.followAlarms({ after: 0 });
  await kms.call('ScheduleKeyDeletion', { KeyId });
  await assert.rejects(kms.call('Encrypt', { KeyId, Plaintext: Buffer.from('late') }), { name: 'KMSInvalidStateException' });
  kms.clock.advance('1m');
  const changes = [];
  for await (const { name, to, time } of coming) {
    changes.push([name, to, time instanceof Date]);
    if (to === 'ALARM') break;
  }
  assert.deepEqual(changes.at(-1), ['pending_deletion_use', 'ALARM', true]);
  assert.equal(kms.audit.alarms().alarms[0].state, 'ALARM');
  kms.clock.advance('10m');
  assert.equal(kms.audit.alarms({ remove: 'pending_deletion_use', after: 0 }).changes.at(-1).to, 'OK');
  assert.deepEqual(kms.audit.alarms().alarms, []);
  assert.throws(() => kms.audit.alarms({ put: { recipe: 'of my own' } }), { code: 'ValidationException', message: /recipe/ });
});

test('what is recorded is set, at the beginning and later, and no reply changes by it', async () => {
  const seed = 'audit';
  const told = await PocketKms.create({ seed, now: 0 });
  const silent = await PocketKms.create({ seed, now: 0, audit: { kept: 'none' } });
  assert.deepEqual(await told.call('CreateKey'), await silent.call('CreateKey'));
  assert.deepEqual([told.audit.events().length, silent.audit.events().length], [1, 0]);
  silent.audit.set({ kept: 2, networkActivity: true });
  assert.deepEqual(silent.audit.options, { kept: 2, throttled: true, networkActivity: true, fullForeignIdentity: false, inSnapshots: false });
  for (let count = 0; count < 3; count += 1) await silent.call('ListKeys');
  const { records, dropped } = silent.audit.records();
  assert.deepEqual([records.length, dropped], [2, 1]);
  assert.throws(() => told.audit.set({ keep: 2 }), { message: /keep.*kept/ });
  await assert.rejects(PocketKms.create({ audit: { kept: 'some' } }), { message: /audit/ });
});

test('what cannot be asked is refused, and a loop that cannot be told ends with the error', async () => {
  const { kms } = await world();
  assert.throws(() => kms.audit.ask('nothing'), { code: 'ValidationException', message: /^question: / });
});
