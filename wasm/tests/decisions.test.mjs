/** Why a call is allowed or denied: explained, attached to errors, and listed. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';

import { DescribeKeyCommand, EncryptCommand, KMSClient, NotFoundException } from '@aws-sdk/client-kms';
import { KmsError, PocketKms } from 'pocket-kms';

import { START } from './cases/values.js';

const ALICE = 'arn:aws:iam::111122223333:user/alice';
const BOB = 'arn:aws:iam::111122223333:user/bob';
const Plaintext = new Uint8Array(4);

/** A world with a key with which Alice may encrypt orders. */
async function world() {
  const kms = await PocketKms.create({ now: START });
  const Condition = { StringEquals: { 'kms:EncryptionContext:purpose': 'orders' } };
  const Statement = [
    { Sid: 'Root', Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:PutKeyPolicy', Resource: '*' },
    { Sid: 'Orders', Effect: 'Allow', Principal: { AWS: ALICE }, Action: 'kms:Encrypt', Resource: '*', Condition },
  ];
  const { KeyMetadata: { KeyId } } = await kms.call('CreateKey', { Policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
  return { kms, KeyId };
}

const refusal = (call) => call.then(() => assert.fail('it was not refused'), (error) => error);

test('an error has the decisions as data and as a sentence', async () => {
  const { kms, KeyId } = await world();
  const input = { KeyId, Plaintext, EncryptionContext: { purpose: 'letters' } };
  const error = await refusal(kms.call('Encrypt', input, { caller: ALICE }));
  const [decision] = error.decisions;
  assert.deepEqual([decision.version, decision.action, decision.ruling, decision.decidedBy], [1, 'kms:Encrypt', 'not allowed', 'key policy']);
  const { policies: [{ statements }] } = decision.layers.find(({ layer }) => layer === 'key policy');
  const { sid, outcome, operator, key, expected, actual } = statements[1];
  assert.deepEqual({ sid, outcome, operator, key, expected, actual }, {
    sid: 'Orders', outcome: 'condition', operator: 'StringEquals', key: 'kms:EncryptionContext:purpose', expected: ['orders'], actual: ['letters'],
  });
  assert.deepEqual(error.reasons, [decision.text]);
  const printed = inspect(error);
  assert.ok(printed.includes('would allow it if kms:EncryptionContext:purpose') && !printed.includes('layers'), printed);
  assert.deepEqual((await refusal(kms.call('DescribeKey', { KeyId: 'alias/none' }))).decisions, []);
  assert.deepEqual(new KmsError({ code: 'AccessDeniedException', decisions: [decision] }).decisions, [decision]);
});

const CLIENTS = {
  'a request handler': (kms) => [new KMSClient({ ...kms.clientConfig({ caller: BOB }), requestHandler: kms.requestHandler({ caller: BOB }) }), () => {}],
  'a client configuration': (kms) => [new KMSClient(kms.clientConfig({ caller: BOB })), () => {}],
  'an intercepted class': (kms) => {
    const { dispose } = kms.intercept(KMSClient, { caller: BOB });
    return [new KMSClient({ region: 'us-east-1' }), dispose];
  },
};

for (const [way, made] of Object.entries(CLIENTS)) {
  test(`an error of a client of ${way} has the decisions and the reasons`, async () => {
    const { kms, KeyId } = await world();
    const [client, end] = made(kms);
    const error = await refusal(client.send(new EncryptCommand({ KeyId, Plaintext })));
    const [denial] = kms.denials();
    assert.equal(error.name, 'AccessDeniedException');
    assert.equal(error.message, denial.message);
    assert.deepEqual([error.decisions, error.reasons], [denial.decisions, [denial.decisions[0].text]]);
    const other = await refusal(client.send(new DescribeKeyCommand({ KeyId: 'alias/none' })));
    assert.ok(other instanceof NotFoundException && !('decisions' in other));
    end();
  });
}

test('a call with two checks has two decisions, and a reason for each that failed', async () => {
  const { kms, KeyId } = await world();
  const { KeyMetadata: { KeyId: own } } = await kms.call('CreateKey');
  const { CiphertextBlob } = await kms.call('Encrypt', { KeyId: own, Plaintext });
  const error = await refusal(kms.call('ReEncrypt', { CiphertextBlob, DestinationKeyId: KeyId }, { caller: BOB }));
  const told = error.decisions.map(({ action, ruling }) => [action, ruling]);
  assert.deepEqual(told, [['kms:ReEncryptFrom', 'allowed'], ['kms:ReEncryptTo', 'not allowed']]);
  assert.deepEqual(error.reasons, [error.decisions[1].text]);
});

test('a call is explained and not made', async () => {
  const { kms, KeyId } = await world();
  const before = kms.changes();
  const denied = kms.explain('Encrypt', { KeyId, Plaintext }, { caller: ALICE, origin: { sourceIp: '203.0.113.7' } });
  assert.deepEqual([denied.allowed, denied.error.code], [false, 'AccessDeniedException']);
  assert.match(denied.decisions[0].text, /kms:EncryptionContext:purpose/);
  const allowed = kms.explain('Encrypt', { KeyId, Plaintext, EncryptionContext: { purpose: 'orders' } }, { caller: ALICE });
  assert.deepEqual([allowed.allowed, allowed.error], [true, null]);
  assert.deepEqual(allowed.decisions[0].deciding, { policy: 'default', statement: 1, sid: 'Orders' });
  assert.equal(kms.explain('DescribeKey', { KeyId: 'alias/none' }, { region: 'eu-west-1' }).error.code, 'NotFoundException');
  assert.throws(() => kms.explain('ListKeys', {}, { caller: 'Alice' }), { message: /'Alice' is neither an account id/ });
  assert.deepEqual([kms.changes(), kms.denials()], [before, []]);
});

test('denials are listed, whoever asked', async () => {
  const { kms, KeyId } = await world();
  const error = await refusal(kms.call('DescribeKey', { KeyId }, { caller: BOB }));
  await refusal(kms.call('Encrypt', { KeyId, Plaintext }, { caller: ALICE }));
  const [first, second] = kms.denials();
  assert.deepEqual([first.number, first.operation, first.caller, first.time], [1, 'DescribeKey', BOB, START]);
  assert.deepEqual([first.requestId, first.message, first.decisions], [error.requestId, error.message, error.decisions]);
  assert.deepEqual([kms.denials(1), kms.fork().denials()], [[second], []]);
});
