/** The clients of CloudTrail and CloudWatch of the AWS SDK, in process and over a socket. */

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { CloudTrailClient, LookupEventsCommand, paginateLookupEvents } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient, GetMetricDataCommand, GetMetricStatisticsCommand, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { PocketKms } from 'pocket-kms';

const NOW = new Date('2030-01-01T00:00:30Z');

/** A world in which a key has encrypted twice, and been asked for once. */
async function world() {
  const kms = await PocketKms.create({ now: NOW });
  const { KeyMetadata: { Arn: key } } = await kms.call('CreateKey');
  const KeyId = key;
  for (const text of ['one', 'two']) await kms.call('Encrypt', { KeyId, Plaintext: Buffer.from(text) });
  await kms.call('DescribeKey', { KeyId });
  return { kms, key };
}

/** Each gives the configuration of a client that a world serves. */
const WAYS = {
  'in process': async (kms) => kms.clientConfig(),
  'over a socket': async (kms) => {
    const { url: endpoint, close } = await kms.serve();
    after(close);
    return { endpoint, region: 'us-east-1', credentials: { accessKeyId: kms.account, secretAccessKey: 'any' } };
  },
};

for (const [way, config] of Object.entries(WAYS)) {
  test(`CloudTrail looks up events, ${way}`, async () => {
    const { kms, key } = await world();
    const client = new CloudTrailClient(await config(kms));
    const look = async (AttributeKey, AttributeValue) => {
      const { Events } = await client.send(new LookupEventsCommand({ LookupAttributes: [{ AttributeKey, AttributeValue }] }));
      return Events;
    };
    const created = await look('EventName', 'CreateKey');
    assert.deepEqual(created.map(({ EventName, ReadOnly, EventSource }) => [EventName, ReadOnly, EventSource]), [['CreateKey', 'false', 'kms.amazonaws.com']]);
    assert.equal(created[0].EventTime.getTime(), NOW.getTime());
    assert.deepEqual(created[0].Resources, [{ ResourceType: 'AWS::KMS::Key', ResourceName: key }]);
    assert.deepEqual(JSON.parse(created[0].CloudTrailEvent), kms.audit.events({ operation: 'CreateKey' })[0]);
    assert.deepEqual((await look('ReadOnly', 'true')).map(({ EventName }) => EventName), ['DescribeKey', 'Encrypt', 'Encrypt']);
    const pages = [];
    for await (const { Events } of paginateLookupEvents({ client, pageSize: 3 }, {})) pages.push(Events.length);
    assert.deepEqual(pages, [3, 1]);
    await assert.rejects(look('Colour', 'blue'), { name: 'InvalidLookupAttributesException' });
    client.destroy();
  });

  test(`CloudWatch lists metrics and gives their data, ${way}`, async () => {
    const { kms, key } = await world();
    const client = new CloudWatchClient(await config(kms));
    const { Metrics } = await client.send(new ListMetricsCommand({ Namespace: 'AWS/KMS', MetricName: 'SuccessfulRequest' }));
    const Dimensions = [{ Name: 'KeyArn', Value: key }, { Name: 'Operation', Value: 'Encrypt' }];
    assert.deepEqual(Metrics, [{ Namespace: 'AWS/KMS', MetricName: 'SuccessfulRequest', Dimensions }]);
    const span = { StartTime: new Date('2030-01-01T00:00:00Z'), EndTime: new Date('2030-01-01T00:05:00Z') };
    const MetricStat = { Metric: Metrics[0], Period: 60, Stat: 'Sum' };
    const { MetricDataResults: [result] } = await client.send(new GetMetricDataCommand({ ...span, MetricDataQueries: [{ Id: 'encrypted', MetricStat }] }));
    assert.deepEqual([result.Id, result.Values, result.Timestamps], ['encrypted', [2], [span.StartTime]]);
    const { Datapoints } = await client.send(new GetMetricStatisticsCommand({ ...span, ...Metrics[0], Period: 60, Statistics: ['Sum', 'SampleCount'] }));
    assert.deepEqual(Datapoints, [{ Timestamp: span.StartTime, Sum: 2, SampleCount: 2, Unit: 'Count' }]);
    client.destroy();
  });
}

test('classes of these clients are intercepted, too', async () => {
  const { kms } = await world();
  const intercepted = kms.intercept(CloudTrailClient);
  const { Events } = await new CloudTrailClient().send(new LookupEventsCommand({}));
  intercepted.dispose();
  assert.equal(Events.length, 4);
});

test('a served world tells its metrics as text, and answers questions about records', async () => {
  const { kms, key } = await world();
  const { url, close } = await kms.serve();
  after(close);
  const metrics = await fetch(`${url}/_pocket-kms/metrics`);
  assert.match(metrics.headers.get('content-type'), /^application\/openmetrics-text/);
  assert.equal(await metrics.text(), kms.audit.openMetrics());
  const question = { question: 'records', filter: { key, operation: 'Encrypt' } };
  const answer = await fetch(`${url}/_pocket-kms/audit`, { method: 'POST', body: JSON.stringify(question) });
  assert.deepEqual((await answer.json()).records, kms.audit.events({ key, operation: 'Encrypt' }));
});
