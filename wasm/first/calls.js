/**
 * What programs do first: calls that need nothing but the first module.
 *
 * The build runs them and divides the module: what they run is the first module, and everything else the rest. So a call
 * that is added here will load no second module; the first module grows by what it needs.
 */

const START = '2026-01-01T00:00:00Z';
const ALICE = 'arn:aws:iam::111122223333:user/alice';
const BOB = 'arn:aws:iam::444455556666:user/bob';
const ROOT_KEY = new Uint8Array(32);
const Message = new Uint8Array([1, 2, 3]);
const EncryptionContext = { purpose: 'orders', tenant: 'blue' };

/** The scenes by what they show; each gets the class of worlds. */
export const SCENES = {
  'a world is made, copied, saved and freed': async (PocketKms) => {
    const kms = await PocketKms.create();
    await kms.call('CreateKey');
    const seeded = await PocketKms.create({ seed: 'first', now: new Date(START), account: '999988887777' });
    const KeyId = await aliased(seeded);
    const fork = seeded.fork();
    for (const one of [seeded, fork, seeded]) {
      await one.call('CreateKey');
      await one.call('Encrypt', { KeyId, Plaintext: Message });
      await one.call('ListKeys');
    }
    fork.dispose();
    (await PocketKms.restore(seeded.snapshot(ROOT_KEY), ROOT_KEY)).dispose();
    kms.dispose();
  },

  'symmetric keys encrypt': async (PocketKms) => {
    const { call, refused } = await world(PocketKms);
    for (const KeyId of [await key(call), await key(call, { Description: 'orders', Tags: [{ TagKey: 'team', TagValue: 'blue' }] })]) {
      for (const sealed of [{}, { EncryptionContext }]) {
        const { CiphertextBlob } = await call('Encrypt', { KeyId, Plaintext: Message, ...sealed });
        await call('Decrypt', { CiphertextBlob, ...sealed });
        await call('Decrypt', { KeyId, CiphertextBlob, ...sealed });
        await refused('Decrypt', { CiphertextBlob, EncryptionContext: { purpose: 'other' } });
        const copied = { CiphertextBlob, DestinationKeyId: KeyId, SourceEncryptionContext: sealed.EncryptionContext };
        await call('ReEncrypt', { ...copied, DestinationEncryptionContext: EncryptionContext });
        await call('GenerateDataKey', { KeyId, KeySpec: 'AES_256', ...sealed });
        await call('GenerateDataKey', { KeyId, NumberOfBytes: 64, ...sealed });
        await call('GenerateDataKeyWithoutPlaintext', { KeyId, KeySpec: 'AES_128', ...sealed });
      }
      await refused('Decrypt', { KeyId, CiphertextBlob: new Uint8Array(80) });
      await refused('Encrypt', { KeyId, Plaintext: Message, DryRun: true });
    }
    await call('GenerateRandom', { NumberOfBytes: 32 });
  },

  'RSA, P-256 and HMAC keys sign': async (PocketKms) => {
    const { call, refused } = await world(PocketKms);
    const signing = { RSA_2048: ['RSASSA_PSS_SHA_256', 'RSASSA_PKCS1_V1_5_SHA_256'], ECC_NIST_P256: ['ECDSA_SHA_256'] };
    for (const [KeySpec, algorithms] of Object.entries(signing)) {
      const KeyId = await key(call, { KeySpec, KeyUsage: 'SIGN_VERIFY' });
      await call('GetPublicKey', { KeyId });
      for (const SigningAlgorithm of algorithms) {
        for (const [message, MessageType] of [[Message, 'RAW'], [new Uint8Array(32), 'DIGEST']]) {
          const signed = { KeyId, Message: message, MessageType, SigningAlgorithm };
          const { Signature } = await call('Sign', signed);
          await call('Verify', { ...signed, Signature });
          await refused('Verify', { ...signed, Signature: Signature.with(0, Signature[0] ^ 1) });
        }
      }
    }
    const opened = { KeyId: await key(call, { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' }), EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' };
    const { CiphertextBlob } = await call('Encrypt', { ...opened, Plaintext: Message });
    await call('Decrypt', { ...opened, CiphertextBlob });
    const authenticated = {
      KeyId: await key(call, { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }), Message, MacAlgorithm: 'HMAC_SHA_256',
    };
    const { Mac } = await call('GenerateMac', authenticated);
    await call('VerifyMac', { ...authenticated, Mac });
    await refused('VerifyMac', { ...authenticated, Mac: new Uint8Array(32) });
  },

  'keys, aliases and tags are managed': async (PocketKms) => {
    const { kms, call, refused } = await world(PocketKms);
    const KeyId = await aliased(kms);
    const other = await key(call);
    for (const one of [KeyId, 'alias/orders', `arn:aws:kms:us-east-1:111122223333:key/${KeyId}`]) await call('DescribeKey', { KeyId: one });
    await call('UpdateAlias', { AliasName: 'alias/orders', TargetKeyId: other });
    await call('DeleteAlias', { AliasName: 'alias/orders' });
    await call('UpdateKeyDescription', { KeyId, Description: 'old orders' });
    await call('TagResource', { KeyId, Tags: [{ TagKey: 'stage', TagValue: 'test' }] });
    await call('ListResourceTags', { KeyId });
    await call('UntagResource', { KeyId, TagKeys: ['stage'] });
    await call('ListKeys', { Limit: 1 });
    await call('ListKeys');
    await call('ListAliases');
    await call('ListAliases', { KeyId });
    await call('EnableKeyRotation', { KeyId });
    await call('GetKeyRotationStatus', { KeyId });
    await call('DisableKeyRotation', { KeyId });
    await call('DisableKey', { KeyId });
    await refused('Encrypt', { KeyId, Plaintext: Message });
    await call('EnableKey', { KeyId });
    await call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    await refused('Encrypt', { KeyId, Plaintext: Message });
    await call('CancelKeyDeletion', { KeyId });
    await call('ScheduleKeyDeletion', { KeyId });
    void kms.nextDeadline;
    kms.clock.advance('31d');
    await refused('DescribeKey', { KeyId });
    kms.changes();
    kms.events();
    await call('CreateKey', {}, { region: 'eu-west-1' });
  },

  'requests are refused': async (PocketKms) => {
    const { call, refused } = await world(PocketKms);
    const KeyId = await key(call);
    await refused('DescribeKey', { KeyId: 'alias/none' });
    await refused('DescribeKey', { KeyId: '1234abcd-12ab-34cd-56ef-1234567890ab' });
    await refused('DescribeKey', { KeyId: 'arn:aws:kms:us-east-1:111122223333:nothing' });
    await refused('DescribeKey', {});
    await refused('DescribeNothing', {});
    await refused('Encrypt', { KeyId });
    await refused('Encrypt', { KeyId, Plaintext: new Uint8Array(5000) });
    await refused('Encrypt', { KeyId, Plaintext: 7 });
    await refused('GenerateDataKey', { KeyId });
    await refused('GenerateDataKey', { KeyId, KeySpec: 'AES_512' });
    await refused('Sign', { KeyId, Message, SigningAlgorithm: 'ECDSA_SHA_256' });
    await refused('CreateKey', { KeySpec: 'RSA_2048' });
    await refused('CreateAlias', { AliasName: 'alias/aws/orders', TargetKeyId: KeyId });
    await refused('PutKeyPolicy', { KeyId, Policy: '{' });
    await refused('PutKeyPolicy', { KeyId, Policy: policy(statement('kms:*', BOB)) });
  },

  'policies and grants decide': async (PocketKms) => {
    const { kms, call, refused } = await world(PocketKms);
    const KeyId = await key(call);
    const { Policy } = await call('GetKeyPolicy', { KeyId });
    await call('ListKeyPolicies', { KeyId });
    const root = statement('kms:*', 'arn:aws:iam::111122223333:root');
    const guarded = statement(['kms:Encrypt', 'kms:GenerateDataKey*'], [ALICE, BOB], 'Allow', {
      StringEquals: { 'kms:EncryptionContext:purpose': 'orders' }, StringLike: { 'kms:ViaService': 's3.*.amazonaws.com' },
    });
    const denied = statement('kms:Decrypt', '*', 'Deny', { 'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': ['secret'] } });
    await call('PutKeyPolicy', { KeyId, Policy: policy(root, guarded, denied) });
    const origin = { via: 's3.us-east-1.amazonaws.com' };
    const input = { KeyId: `arn:aws:kms:us-east-1:111122223333:key/${KeyId}`, Plaintext: Message, EncryptionContext };
    for (const caller of [ALICE, BOB]) await call('Encrypt', input, { caller, origin });
    await refused('Encrypt', input, { caller: BOB });
    await refused('DescribeKey', { KeyId: input.KeyId }, { caller: BOB });
    await refused('Decrypt', { KeyId, CiphertextBlob: new Uint8Array(80), EncryptionContext: { secret: 'x' } });
    kms.explain('Encrypt', input, { caller: ALICE });
    kms.denials();
    const granted = { KeyId, GranteePrincipal: BOB, RetiringPrincipal: ALICE, Operations: ['Decrypt', 'DescribeKey'] };
    const { GrantId, GrantToken } = await call('CreateGrant', { ...granted, Name: 'one' });
    await call('CreateGrant', { ...granted, Constraints: { EncryptionContextSubset: { purpose: 'orders' } } });
    const { CiphertextBlob } = await call('Encrypt', { ...input, KeyId });
    await call('Decrypt', { KeyId: input.KeyId, CiphertextBlob, EncryptionContext, GrantTokens: [GrantToken] }, { caller: BOB });
    await call('ListGrants', { KeyId });
    await call('ListRetirableGrants', { RetiringPrincipal: ALICE });
    await call('RetireGrant', { GrantToken });
    await call('RevokeGrant', { KeyId, GrantId: (await call('ListGrants', { KeyId })).Grants[0].GrantId });
    await call('PutKeyPolicy', { KeyId, Policy });
    kms.directory.user(ALICE, { policies: [document(['kms:DescribeKey', 'kms:Encrypt'])] });
    kms.directory.role('arn:aws:iam::111122223333:role/App', { policies: [document('kms:*', 'Deny')] });
    await call('DescribeKey', { KeyId }, { caller: ALICE });
    await refused('Decrypt', { KeyId, CiphertextBlob, EncryptionContext }, { caller: ALICE });
    await refused('DescribeKey', { KeyId }, { caller: 'arn:aws:iam::111122223333:role/App' });
    void GrantId;
  },

  'requests of an SDK are answered': async (PocketKms) => {
    const { kms, call } = await world(PocketKms);
    const KeyId = await key(call);
    const handler = kms.requestHandler({ origin: { sourceIp: '192.0.2.1' } });
    const authorization = 'AWS4-HMAC-SHA256 Credential=111122223333/20260101/us-east-1/kms/aws4_request, SignedHeaders=host, Signature=00';
    for (const [operation, input] of [['DescribeKey', { KeyId }], ['DescribeKey', { KeyId: 'alias/none' }], ['Encrypt', { KeyId, Plaintext: 'AQID' }]]) {
      const headers = {
        host: 'kms.us-east-1.amazonaws.com', 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `TrentService.${operation}`, authorization,
      };
      await handler.handle({ method: 'POST', path: '/', headers, body: JSON.stringify(input) });
    }
    const { requestHandler } = kms.clientConfig({ region: 'eu-west-1' });
    await requestHandler.handle({ method: 'POST', path: '/', headers: { 'user-agent': 'aws-sdk-js/3.0.0' }, body: '{}' });
  },

  'a test looks at what was called': async (PocketKms) => {
    const { kms, call } = await world(PocketKms);
    const KeyId = await key(call);
    const { CiphertextBlob } = await call('Encrypt', { KeyId, Plaintext: Message, EncryptionContext });
    kms.audit.assertCalled('Encrypt', { key: KeyId, times: 1 });
    try {
      kms.audit.assertNotCalled('Encrypt');
    } catch (error) {
      if (!/Encrypt/.test(error.message)) throw error;
    }
    kms.audit.records();
    kms.inspect(CiphertextBlob);
    kms.settings.get('strict-regions');
    await kms.trace('Encrypt', { KeyId, Plaintext: Message });
  },
};

/** Plays all scenes. */
export async function play(PocketKms) {
  for (const scene of Object.values(SCENES)) await scene(PocketKms);
}

async function world(PocketKms) {
  const kms = await PocketKms.create({ seed: 'first calls', now: START });
  const call = (operation, input, options) => kms.call(operation, input, options);
  const refused = (...asked) => call(...asked).then(() => { throw new Error(`${asked[0]} was not refused`); }, (error) => {
    if (error.code === undefined) throw error;
  });
  return { kms, call, refused };
}

async function key(call, input = {}) {
  return (await call('CreateKey', input)).KeyMetadata.KeyId;
}

async function aliased(kms) {
  const TargetKeyId = await key((operation, input) => kms.call(operation, input));
  await kms.call('CreateAlias', { AliasName: 'alias/orders', TargetKeyId });
  return TargetKeyId;
}

function statement(Action, AWS, Effect = 'Allow', Condition = undefined) {
  return { Effect, Principal: AWS === '*' ? '*' : { AWS }, Action, Resource: '*', Condition };
}

function policy(...Statement) {
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

function document(Action, Effect = 'Allow') {
  return { Version: '2012-10-17', Statement: [{ Effect, Action, Resource: '*' }] };
}
