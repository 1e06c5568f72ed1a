/** Bad input: a modelled exception, the same in the direct path and through the SDK; the world stays as it was. */

import assert from 'node:assert/strict';
import test from 'node:test';

import * as sdk from '@aws-sdk/client-kms';
import { KmsError, PocketKms } from 'pocket-kms';

const KEY = '1234abcd-12ab-34cd-56ef-1234567890ab';

/** Requests that the SDK can say as well. */
const BAD = {
  'a missing member': ['Encrypt', { KeyId: KEY }],
  'several violations at once': ['CreateKey', { KeySpec: 'NOPE', KeyUsage: 'NOPE', Tags: [{ TagKey: '' }] }],
  'a plaintext of 4,097 bytes': ['Encrypt', { KeyId: KEY, Plaintext: new Uint8Array(4097) }],
  'an oversized ciphertext': ['Decrypt', { CiphertextBlob: new Uint8Array(6145) }],
  'a number out of range': ['ListKeys', { Limit: 1001 }],
  'a number with a fraction': ['ListKeys', { Limit: 1.5 }],
  'text where a number is wanted': ['ListKeys', { Limit: '5' }],
  'a number where text is wanted': ['DescribeKey', { KeyId: 5 }],
  'a list where a structure is wanted': ['Encrypt', { KeyId: KEY, Plaintext: new Uint8Array(1), EncryptionContext: [] }],
  'garbage where a ciphertext is wanted': ['Decrypt', { CiphertextBlob: new Uint8Array([1, 2, 3]) }],
  'an operation of a later version': ['ListGrants', { KeyId: KEY }],
  'a name that names nothing': ['DescribeKey', { KeyId: 'alias/none' }],
  'a body of two megabytes': ['Decrypt', { CiphertextBlob: new Uint8Array(2 << 20) }],
};

function client(kms) {
  const credentials = { accessKeyId: 'A', secretAccessKey: 'B' };
  return new sdk.KMSClient({ region: 'us-east-1', credentials, requestHandler: kms.requestHandler() });
}

/** Code and message; the SDK says `UnknownError` where AWS sends no sentence. */
async function refusal(promise) {
  const error = await promise.then(() => assert.fail('the call was not refused'), (refused) => refused);
  const code = error instanceof KmsError ? error.code : error.name;
  return { code, message: [code, 'UnknownError', ''].includes(error.message) ? null : error.message };
}

for (const [what, [operation, input]] of Object.entries(BAD)) {
  test(`${what} is refused alike in both paths`, async () => {
    const kms = await PocketKms.create();
    const direct = await refusal(kms.call(operation, input));
    const served = await refusal(client(kms).send(new sdk[`${operation}Command`](input)));
    assert.deepEqual(direct, served);
    assert.deepEqual(kms.changes(), []);
  });
}

test('all violations are told in the one sentence of AWS', async () => {
  const kms = await PocketKms.create();
  const { code, message } = await refusal(kms.call(...BAD['several violations at once']));
  assert.equal(code, 'ValidationException');
  assert.match(message, /^4 validation errors detected: Value 'NOPE' at 'keyUsage' failed .*; Value '' at 'tags\.1\.member\.tagKey' failed/);
});

test('members that no operation knows are ignored', async () => {
  const kms = await PocketKms.create();
  await kms.call('ListKeys', { Colour: 'blue', Shape: { round: [true] } });
});

const cyclic = {};
cyclic.Tags = [cyclic];
const deep = Array.from({ length: 100_000 }).reduce((inner) => [inner], []);

/** What no encoding of the wire could say. */
const FOREIGN = {
  'an object that contains itself': [cyclic, 'nests too deeply'],
  'a hundred thousand levels': [{ Tags: deep }, 'nests too deeply'],
  'a function': [{ KeyId: () => KEY }, 'of the type Function'],
  'a symbol': [{ KeyId: Symbol('x') }, 'of the type symbol'],
  'a set': [{ GrantTokens: new Set(['a']) }, 'of the type Set'],
  'an invalid date': [{ KeyId: new Date(NaN) }, 'of the type Invalid Date'],
  'a date of the year 10000': [{ KeyId: new Date('+010000-01-01') }, 'Date beyond the years 1 to 9999'],
  'a date before Christ': [{ KeyId: new Date('-000001-01-01') }, 'Date beyond the years 1 to 9999'],
  'a number that is not one': [{ Limit: NaN }, 'not finite'],
  'text instead of a structure': ['{}', 'the request is a string, but it must be a structure'],
};

for (const [what, [input, sentence]] of Object.entries(FOREIGN)) {
  test(`${what} is a SerializationException`, async () => {
    const kms = await PocketKms.create();
    const refused = await refusal(kms.call('DescribeKey', input));
    assert.equal(refused.code, 'SerializationException');
    assert.ok(refused.message.includes(sentence), refused.message);
    await kms.call('ListKeys');
  });
}

/** Each is longer than 1,048,576 bytes of JSON text, which is where the core draws the line. */
const TOO_LARGE = {
  'a text': { Description: 'x'.repeat(1_048_577) },
  'a blob': { Description: new Uint8Array(1_048_577) },
  'a blob that is too long in base64 alone': { Description: new Uint8Array(800_000) },
  'a name': { ['x'.repeat(1_048_577)]: 1 },
  'many members': Object.fromEntries(Array.from({ length: 300_000 }, (_, number) => [`a${number}`, null])),
  'many blobs': { GrantTokens: Array.from({ length: 64 }, () => new Uint8Array(1 << 19)) },
  // These are measured before they are copied; copied, they would fill the memory.
  'half a gigabyte': { Plaintext: new ArrayBuffer(512 << 20) },
  'a text of 64 megabytes': { KeyId: 'x'.repeat(64 << 20) },
  'a list of 4,000,000,000 places': { GrantTokens: new Array(4_000_000_000) },
};

for (const [what, input] of Object.entries(TOO_LARGE)) {
  test(`${what} is longer than a request over HTTP may be`, async () => {
    const kms = await PocketKms.create();
    const refused = await refusal(kms.call('CreateKey', input));
    const message = 'The body must not be longer than 1048576 bytes';
    assert.deepEqual(refused, { code: 'RequestEntityTooLargeException', message });
    assert.deepEqual(kms.changes(), []);
    await kms.call('ListKeys');
  });
}

test('a request is as deep as one over HTTP at most', async () => {
  const kms = await PocketKms.create();
  const nested = (levels) => ({ Unknown: Array.from({ length: levels - 1 }).reduce((inner) => [inner], 0) });
  await kms.call('ListKeys', nested(16));
  const { code, message } = await refusal(kms.call('ListKeys', nested(17)));
  assert.equal(code, 'SerializationException');
  assert.match(message, /it nests too deeply/);
  const body = JSON.stringify(nested(17));
  const authorization = 'AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/kms/aws4_request, SignedHeaders=host, Signature=0';
  const headers = { authorization, 'x-amz-target': 'TrentService.ListKeys' };
  const { response } = await kms.requestHandler().handle({ method: 'POST', path: '/', headers, body });
  assert.equal(response.statusCode, 400);
  assert.match(new TextDecoder().decode(response.body), /it nests too deeply/);
});

test('an input whose getter throws rejects with what was thrown', async () => {
  const kms = await PocketKms.create();
  const input = { get KeyId() { throw new RangeError('mine'); } };
  await assert.rejects(kms.call('DescribeKey', input), { name: 'RangeError', message: 'mine' });
  await kms.call('ListKeys');
});

test('a context may be a Map', async () => {
  const kms = await PocketKms.create();
  const { KeyMetadata: { KeyId } } = await kms.call('CreateKey');
  const Plaintext = new Uint8Array(1);
  const sealed = await kms.call('Encrypt', { KeyId, Plaintext, EncryptionContext: new Map([['a', 'b']]) });
  const { CiphertextBlob } = sealed;
  await kms.call('Decrypt', { CiphertextBlob, EncryptionContext: { a: 'b' } });
  await assert.rejects(kms.call('Decrypt', { CiphertextBlob }), { code: 'InvalidCiphertextException' });
});

test('half a surrogate pair does not pass for another text', async () => {
  const kms = await PocketKms.create();
  const refused = await refusal(kms.call('CreateKey', { Description: '\ud800' }));
  assert.equal(refused.code, 'SerializationException');
});

/** Values that are not text, in each place that takes text. */
const NO_TEXTS = {
  'the name of an operation': (kms, wrong) => kms.call(wrong, {}),
  'the name of an operation, of a trace': (kms, wrong) => kms.trace(wrong, {}),
  'the name of an operation, explained': async (kms, wrong) => kms.explain(wrong, {}),
  'a Region': (kms, wrong) => kms.call('ListKeys', {}, { region: wrong }),
  'a Region, explained': async (kms, wrong) => kms.explain('ListKeys', {}, { region: wrong }),
  'the account of a new world': (_, wrong) => PocketKms.create({ account: wrong }),
  'the account of quotas': async (kms, wrong) => kms.quotas.used({ account: wrong }),
  'the Region of quotas': async (kms, wrong) => kms.quotas.used({ region: wrong }),
  'what is removed': async (kms, wrong) => kms.directory.remove(wrong),
  'a host': (kms, wrong) => kms.serve({ host: wrong }),
  'the host of a certificate': (kms, wrong) => kms.serve({ host: wrong, tls: true }),
  'an origin': (kms, wrong) => kms.serve({ cors: wrong }),
};

for (const [place, call] of Object.entries(NO_TEXTS)) {
  test(`${place} is a text, and nothing else breaks the module`, async () => {
    const kms = await PocketKms.create();
    for (const wrong of [5, 111122223333, true, {}, ['a'], 7n]) {
      await assert.rejects(call(kms, wrong), { name: 'TypeError', message: /must be a text, not an? / });
    }
    assert.deepEqual((await kms.call('ListKeys')).Keys, []);
  });
}

test('unknown options are refused with a sentence', async () => {
  const kms = await PocketKms.create();
  await assert.rejects(kms.call('ListKeys', {}, null), { name: 'TypeError', message: 'the options of call are a structure, such as { region: ... }, not null' });
  await assert.rejects(kms.call('ListKeys', {}, 'eu-west-1'), { name: 'TypeError', message: /not a string$/ });
  await assert.rejects(PocketKms.create(null), { name: 'TypeError', message: /^the options of create are a structure/ });
  assert.throws(() => kms.perform(), { name: 'TypeError', message: 'a recipe is a structure, or its JSON text' });
});
