/** The AWS Encryption SDK for JavaScript with the worlds' clients: multi-Region keyrings. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  AwsKmsMrkAwareSymmetricDiscoveryKeyringNode, AwsKmsMrkAwareSymmetricKeyringNode, CommitmentPolicy, KmsKeyringNode,
  buildAwsKmsMrkAwareStrictMultiKeyringNode, buildClient,
} from '@aws-crypto/client-node';
import { KMS } from '@aws-sdk/client-kms';
import { PocketKms } from 'pocket-kms';

const { encrypt, decrypt } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);
const PLAINTEXT = Buffer.from('a message for every Region');
const encryptionContext = { purpose: 'test' };
const [HERE, THERE] = ['us-east-1', 'eu-west-1'];

/** A world with a multi-Region key in two Regions, and a client of a Region. */
async function world() {
  const kms = await PocketKms.create();
  const { KeyMetadata } = await kms.call('CreateKey', { MultiRegion: true }, { region: HERE });
  const { ReplicaKeyMetadata } = await kms.call('ReplicateKey', { KeyId: KeyMetadata.KeyId, ReplicaRegion: THERE }, { region: HERE });
  const client = (region) => new KMS(kms.clientConfig({ region }));
  return { kms, client, primary: KeyMetadata.Arn, replica: ReplicaKeyMetadata.Arn };
}

/** What a keyring opens. */
async function opened(keyring, sealed) {
  const { plaintext, messageHeader } = await decrypt(keyring, sealed);
  assert.equal(messageHeader.encryptionContext.purpose, 'test');
  return plaintext;
}

test('a multi-Region keyring seals in one Region and opens in another (P4-117)', async () => {
  const { client, primary, replica } = await world();
  const here = new AwsKmsMrkAwareSymmetricKeyringNode({ client: client(HERE), keyId: primary });
  const there = new AwsKmsMrkAwareSymmetricKeyringNode({ client: client(THERE), keyId: replica });
  const { result } = await encrypt(here, PLAINTEXT, { encryptionContext });
  assert.deepEqual(await opened(there, result), PLAINTEXT);
  const back = await encrypt(there, PLAINTEXT, { encryptionContext });
  assert.deepEqual(await opened(here, back.result), PLAINTEXT);
});

test('a keyring that knows nothing of multi-Region keys does not open what the other Region has sealed', async () => {
  const { client, primary, replica } = await world();
  const here = new KmsKeyringNode({ generatorKeyId: primary, clientProvider: client });
  const there = new KmsKeyringNode({ keyIds: [replica], clientProvider: client });
  const { result } = await encrypt(here, PLAINTEXT, { encryptionContext });
  await assert.rejects(decrypt(there, result));
});

test('a discovery keyring of another Region opens it, where the account fits', async () => {
  const { kms, client, primary } = await world();
  const here = buildAwsKmsMrkAwareStrictMultiKeyringNode({ generatorKeyId: primary, clientProvider: client });
  const { result } = await encrypt(here, PLAINTEXT, { encryptionContext });
  const found = (accountIDs) => new AwsKmsMrkAwareSymmetricDiscoveryKeyringNode({
    client: client(THERE), discoveryFilter: { accountIDs, partition: 'aws' },
  });
  assert.deepEqual(await opened(found([kms.account]), result), PLAINTEXT);
  await assert.rejects(decrypt(found(['444455556666']), result));
});

test('a key that is disabled in one Region still opens in the other', async () => {
  const { kms, client, primary, replica } = await world();
  const [here, there] = [[HERE, primary], [THERE, replica]].map(([region, keyId]) =>
    new AwsKmsMrkAwareSymmetricKeyringNode({ client: client(region), keyId }));
  const { result } = await encrypt(here, PLAINTEXT, { encryptionContext });
  await kms.call('DisableKey', { KeyId: primary }, { region: HERE });
  await assert.rejects(decrypt(here, result), /is disabled/);
  assert.deepEqual(await opened(there, result), PLAINTEXT);
});
