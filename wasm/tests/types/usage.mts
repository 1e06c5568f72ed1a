/** What a user of TypeScript writes; `tsc` judges it, nothing runs it. */

import { CreateKeyCommand, DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { KmsError, PocketKms } from 'pocket-kms';
import type {
  AuditRecord, Change, Cluster, Decision, Enclave, EncryptRequest, Explanation, Inspection, KeySpec, KeyStoreProxy, Loaded, OperationName, Operations,
  Session,
} from 'pocket-kms';

const kms: PocketKms = await PocketKms.create({ seed: 'x', now: new Date(), account: '111122223333' });
const { KeyMetadata } = await kms.call('CreateKey');
const keyId: string = KeyMetadata.KeyId;
const spec: KeySpec | undefined = KeyMetadata.KeySpec;
const request: EncryptRequest = { KeyId: keyId, Plaintext: new Uint8Array(), EncryptionContext: { a: 'b' } };
const { CiphertextBlob } = await kms.call('Encrypt', request, { region: 'eu-west-1', caller: '123456789012' });
const opened: Uint8Array | undefined = (await kms.call('Decrypt', { CiphertextBlob })).Plaintext;
const operation: OperationName = 'ListKeys';
const nothing: Record<string, never> = await kms.call('DisableKey', { KeyId: keyId });

// @ts-expect-error no operation has this name
await kms.call('Encipher', {});
// @ts-expect-error the request lacks a required member
await kms.call('Encrypt', { KeyId: keyId });
// @ts-expect-error the operation requires a request
await kms.call('Encrypt');
// @ts-expect-error a plaintext is bytes
await kms.call('Encrypt', { KeyId: keyId, Plaintext: 'hello' });
// @ts-expect-error no key spec has this name
await kms.call('CreateKey', { KeySpec: 'RSA_1024' });
// @ts-expect-error worlds are made by `create`
new PocketKms();

const credentials = { accessKeyId: 'x', secretAccessKey: 'y' };
const client = new KMSClient({ region: 'eu-west-1', credentials, requestHandler: kms.requestHandler() });
await client.send(new CreateKeyCommand({}));
const fetched: Response = await kms.requestHandler().fetch('https://kms.eu-west-1.amazonaws.com/', { method: 'POST' });
await new KMSClient(kms.clientConfig({ region: 'eu-west-1' })).send(new CreateKeyCommand({}));
{
  using intercepted = kms.intercept(KMSClient, { caller: '111122223333', origin: { via: 's3.amazonaws.com', mfa: true } });
  intercepted.dispose();
}
const session: Session = { policies: [{ Version: '2012-10-17', Statement: [] }], mfaAge: '5m', context: { 'saml:sub': 'x' } };
kms.requestHandler({ caller: { arn: 'arn:aws:sts::111122223333:assumed-role/App/one', session }, origin: { context: { 'aws:referer': 'x' } } });
// @ts-expect-error a session has no such member
kms.requestHandler({ caller: { session: { policy: {} } } });
const document = { Version: '2012-10-17', Statement: [] };
const alice: string = kms.directory.user('arn:aws:iam::111122223333:user/alice', { policies: [document], tags: { team: 'blue' } });
kms.directory.role('arn:aws:iam::111122223333:role/App', { policies: { keys: '{}' }, trustPolicy: document });
kms.directory.organization('o-exampleorgid', {
  managementAccount: '999988887777',
  units: { 'ou-ab12-11111111': { accounts: ['111122223333'], serviceControlPolicies: ['FullAWSAccess', { id: 'p-1', document }] } },
});
new KMSClient({ region: 'eu-west-1', requestHandler: kms.requestHandler(), credentials: kms.directory.accessKey('AKIAIOSFODNN7EXAMPLE', { principal: alice }) });
kms.directory.register({ ...kms.directory.toJSON(), principals: { [alice]: null } });
// @ts-expect-error a user has no such member
kms.directory.user(alice, { policy: document });
const explained: Explanation = kms.explain('ListKeys', {}, { caller: alice });
const decisions: Decision[] = kms.denials()[0]?.decisions ?? explained.decisions;
console.log(decisions[0]?.layers[0]?.policies[0]?.statements[0]?.class === 'direct');
// @ts-expect-error no operation has this name
kms.explain('MakeCoffee');
// @ts-expect-error a world serves classes of clients
kms.intercept(client);

kms.audit.assertCalled('Decrypt', { key: keyId, encryptionContext: { tenant: 'blue' }, caller: alice, times: 1, from: new Date() });
kms.audit.assertAll({ encryptionContext: { tenant: null } }, { operation: ['Encrypt', 'Decrypt'] });
kms.audit.assertInOrder('Encrypt', { operation: 'Decrypt', outcome: 'ok' });
{
  using denials = kms.audit.undenied({ caller: alice });
  denials.dispose();
}
// @ts-expect-error a filter has no such member
kms.audit.events({ operaton: 'Decrypt' });
const recorded: AuditRecord | undefined = kms.audit.events({ outcome: 'denied', readOnly: true })[0];
for await (const record of kms.audit.follow({ signal: AbortSignal.timeout(1) })) console.log(record.userIdentity.arn, recorded?.errorCode);
for await (const event of kms.audit.followEventbridge({ ruleState: 'ENABLED' })) console.log(event['detail-type'], event.detail);
const paths: string[] = (await kms.audit.export('trail', { form: 'trail', operation: 'Decrypt' })).files;
const texts: string | undefined = (await kms.audit.export({ form: 'lines' })).files['records.jsonl'];
const brought = await kms.audit.import({ 'records.jsonl': texts ?? '' });
brought.assertNotCalled('Decrypt');
const sum: number = kms.audit.metricData('SuccessfulRequest', { statistic: 'Sum', period: 300 }).reduce((all, { value }) => all + value, 0);
const states: string[] = kms.audit.alarms({ put: [{ recipe: 'quota_share', quota: 'symmetric' }, { name: 'mine', filter: { outcome: 'denied' }, threshold: 3 }] })
  .alarms.map(({ state }) => state);
for await (const { to, time } of kms.audit.followAlarms()) console.log(to === 'ALARM', time.getTime(), states);
// @ts-expect-error no alarm is ready-made under this name
kms.audit.alarms({ put: { recipe: 'everything' } });
const statements: number | undefined = kms.audit.leastPrivilege(alice, { form: 'identity' }).policy?.Statement.length;
console.log(statements, kms.audit.usersOf(keyId).users[0]?.contexts['tenant'], kms.audit.dryDeletion(keyId, { state: 'disabled' }).safe);
console.log(kms.audit.diff(kms.fork()).text, kms.audit.findings()[0]?.finding === 'foreign-grant');
console.log(paths, brought.skipped, sum, kms.audit.lookupEvents().Events[0]?.EventTime.getTime());

const { principals } = kms.whoCan('kms:Decrypt', 'alias/orders', { context: { 'kms:EncryptionContext:tenant': 'blue' } });
console.log(principals[0]?.paths[0]?.conditions[0]?.values[0]?.length, kms.whatCan(alice).keys[0]?.actions[0]?.action);
const simulated: Explanation = kms.simulate('Encrypt', request, { caller: alice, identityPolicies: [document], permissionsBoundary: false });
// @ts-expect-error no such option
kms.whoCan('kms:Decrypt', 'alias/orders', { contxt: {} });
const stack: PocketKms = await PocketKms.fromTemplate({ 'template.yaml': '' }, { parameters: { Stage: 'test' }, seed: 1 });
const loaded: Loaded = await stack.loadTemplate(['one.yaml', 'two.json'], { region: 'eu-west-1' });
const main: string | undefined = (await stack.export('terraform')).files['main.tf.json'];
kms.perform({ version: 1, steps: [] });
console.log(simulated.allowed, loaded.names['Key']?.is, main, kms.inventory());
const cluster: Cluster = kms.clusters.create('cluster-2ab3cdefghi', { kmsuser: { password: 'kmsPswd1234' } });
cluster.set({ network: false });
cluster.restore({ backup: cluster.backUp(), vpc: 'vpc-1' }).remove();
// @ts-expect-error a cluster has no such member
cluster.set({ netwrok: false });
kms.endpointServices.create('com.amazonaws.vpce.us-east-1.vpce-svc-1', { privateDnsName: 'xks.example.com' });
const proxy: KeyStoreProxy = kms.proxy('https://xks.example.com', { keys: ['foo'], credentials: [kms.stores.proxies.get('x')!.credential()] });
for (const key of proxy.keys) key.set({ usages: ['ENCRYPT'] });
{
  using fault = proxy.fault({ fault: 'error', errorName: 'ThrottlingException', operation: 'Decrypt' });
  fault.dispose();
}
// @ts-expect-error there is no such fault
proxy.fault({ fault: 'explode' });
kms.stores.register({ ...kms.stores.toJSON(), clusters: { [cluster.id]: null } });

kms.clock.advance('30d');
kms.clock.advance(1000);
kms.clock.set(new Date());
kms.clock.freeze();
kms.clock.resume();
const now: Date = kms.clock.now;
// @ts-expect-error the clock is set by `set`
kms.clock.now = now;

const frozen: boolean = kms.clock.frozen;
const deadline: Date | null = kms.nextDeadline;
const instants: Date[] = kms.deadlines(10).map(({ time }) => time);
const build: 'baseline' | 'wide-arithmetic' | 'given' | undefined = PocketKms.build;

/** An operation of which no more than its type is known. */
function any<Name extends OperationName>(name: Name, input: Operations[Name][0]): Promise<Operations[Name][1]> {
  return kms.call(name, input, { region: 'eu-west-1' });
}
const listed: string | undefined = (await any('ListKeys', {})).Keys?.[0]?.KeyId;

const enclave: Enclave = await kms.enclave({ pcrs: { 8: 'ab'.repeat(48) }, imageSha384: new Uint8Array(48) });
const sealed = await kms.call('Decrypt', { CiphertextBlob, Recipient: enclave.recipient() });
await client.send(new DecryptCommand({ CiphertextBlob, Recipient: enclave.recipient() }));
const plaintext: Uint8Array = enclave.unwrap(sealed.CiphertextForRecipient ?? enclave.attest({ nonce: opened }));
// @ts-expect-error no enclave has such a key
await kms.enclave({ keySpec: 'RSA_1024' });
const said: Inspection | null = kms.inspect(plaintext);
console.log(frozen, deadline, build, listed, said?.KeyIds[0]);

const fork: PocketKms = kms.fork();
const bytes: Uint8Array = fork.snapshot(new Uint8Array(32));
await PocketKms.restore(bytes, new Uint8Array(32));
const changes: Change[] = kms.changes(3);
{
  using faults = kms.fault({ fault: 'throttled', operation: ['Encrypt', 'Decrypt'], count: 2 }, { fault: 'slow', delay: 20 });
  const acted: number = faults.acted;
  kms.fault({ fault: 'throttled', when: ({ operation, input, time }) => operation === 'Encrypt' && input.KeyId === '1' && time < new Date() });
  // @ts-expect-error a predicate is a function
  kms.fault({ fault: 'throttled', when: true });
  // @ts-expect-error no fault has this name
  kms.fault({ fault: 'throttle' });
  // @ts-expect-error no operation has this name
  kms.fault({ fault: 'throttled', operation: 'MakeCoffee' });
  console.log(acted, kms.actedFaults()[0]?.requestId);
}
kms.settings.update({ 'request-quotas': true, 'quota/keys': null });
const full: boolean = kms.quotas.used({ region: 'eu-west-1' }).some(({ limit, usage }) => usage >= limit);
const rule: number | undefined = kms.faultRules()[0]?.retryAfter;
console.log(full, rule);
const quota: number | string | undefined = kms.quotas.get('keys');
const then: PocketKms = (await PocketKms.create({ history: true })).at('2030-01-01T00:00:00Z').at(7);
const times: number | undefined = then.events()[0]?.times;
console.log(quota, times, changes[0]?.due?.kind, changes[0]?.fault);
const server = await kms.serve({ port: 0, tls: true, openAdministration: true });
console.log(server.authority);
console.log(server.url, spec, opened, operation, nothing, changes[0]?.operation);
await server.close();
kms.dispose();
{
  using inner = fork.fork();
  await using behind = await inner.serve();
  console.log(inner.account.length, behind.port);
}

try {
  await kms.call('DescribeKey', { KeyId: 'alias/x' });
} catch (error) {
  if (error instanceof KmsError) console.log(error.code, error.name, error.message, error.reasons[0], error.requestId);
}

throw new KmsError({ code: 'NotFoundException', message: 'gone' });
