/** The AWS SDK drives what happens to a key over its years: rotation, imports, Regions, usage. */

import assert from 'node:assert/strict';
import { constants, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto';
import { test } from 'node:test';

import {
  CreateKeyCommand, DecryptCommand, DeleteImportedKeyMaterialCommand, DescribeKeyCommand, DisableKeyRotationCommand,
  EnableKeyRotationCommand, EncryptCommand, GetKeyLastUsageCommand, GetKeyRotationStatusCommand,
  GetParametersForImportCommand, ImportKeyMaterialCommand, KMSClient, KMSInvalidStateException, LimitExceededException,
  NotFoundException, ReEncryptCommand, ReplicateKeyCommand, RotateKeyOnDemandCommand, ScheduleKeyDeletionCommand,
  UpdatePrimaryRegionCommand, paginateListKeyRotations,
} from '@aws-sdk/client-kms';
import { PocketKms } from 'pocket-kms';

import { START } from './cases/values.js';

const DAY = 86_400_000;
const Plaintext = Buffer.from('years');

/** This many days after the start. */
const day = (days) => new Date(START.getTime() + days * DAY);

/** A world, and what sends a command to a Region of it. */
async function world(options) {
  const kms = await PocketKms.create({ now: START, insecureKeyPool: true, ...options });
  const clients = {};
  const send = (Command, input, region = 'us-east-1') => {
    clients[region] ??= new KMSClient({ ...kms.clientConfig({ region }), maxAttempts: 1 });
    return clients[region].send(new Command(input));
  };
  return { kms, send, client: () => clients['us-east-1'] };
}

test('a key rotates by schedule, and every earlier version decrypts', async () => {
  const { kms, send, client } = await world();
  const { KeyMetadata: { KeyId } } = await send(CreateKeyCommand, {});
  await send(EnableKeyRotationCommand, { KeyId, RotationPeriodInDays: 90 });
  const status = await send(GetKeyRotationStatusCommand, { KeyId });
  assert.deepEqual([status.KeyRotationEnabled, status.NextRotationDate, kms.nextDeadline], [true, day(90), day(90)]);
  const subject = `arn:aws:kms:us-east-1:${kms.account}:key/${KeyId}`;
  assert.deepEqual(kms.deadlines(), [{ time: day(90), kind: 'rotation', subject }]);
  assert.deepEqual(kms.deadlines(0), []);
  const sealed = [];
  for (let version = 0; version < 4; version += 1) {
    sealed.push((await send(EncryptCommand, { KeyId, Plaintext })).CiphertextBlob);
    kms.clock.advance('90d');
  }
  const opened = await Promise.all(sealed.map((CiphertextBlob) => send(DecryptCommand, { CiphertextBlob })));
  assert.equal(new Set(opened.map(({ KeyMaterialId }) => KeyMaterialId)).size, 4);
  const { KeyMetadata } = await send(DescribeKeyCommand, { KeyId });
  const moved = await send(ReEncryptCommand, { CiphertextBlob: sealed[0], DestinationKeyId: KeyId });
  assert.equal(moved.DestinationKeyMaterialId, KeyMetadata.CurrentKeyMaterialId);
  assert.equal(moved.SourceKeyMaterialId, opened[0].KeyMaterialId);
  const pages = [];
  for await (const { Rotations } of paginateListKeyRotations({ client: client(), pageSize: 3 }, { KeyId })) pages.push(Rotations);
  assert.deepEqual(pages.map(({ length }) => length), [3, 1]);
  assert.deepEqual(pages.flat().map(({ RotationDate }) => RotationDate), [90, 180, 270, 360].map(day));
  await send(DisableKeyRotationCommand, { KeyId });
  assert.equal((await send(GetKeyRotationStatusCommand, { KeyId })).KeyRotationEnabled, false);
});

test('a key rotates on demand, and not for ever', async () => {
  const { send } = await world();
  const { KeyMetadata: { KeyId } } = await send(CreateKeyCommand, {});
  for (let rotation = 0; rotation < 25; rotation += 1) await send(RotateKeyOnDemandCommand, { KeyId });
  await assert.rejects(send(RotateKeyOnDemandCommand, { KeyId }), LimitExceededException);
});

test('an imported key gets new material, rotates to it, and loses one for a while', async () => {
  const { kms, send } = await world();
  const { KeyMetadata: { KeyId } } = await send(CreateKeyCommand, { Origin: 'EXTERNAL' });
  const wrapped = async (material) => {
    const asked = { KeyId, WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_3072' };
    const { PublicKey, ImportToken } = await send(GetParametersForImportCommand, asked);
    const key = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
    const EncryptedKeyMaterial = publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, material);
    return { KeyId, ImportToken, EncryptedKeyMaterial, ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' };
  };
  const [one, other] = [randomBytes(32), randomBytes(32)];
  const first = await send(ImportKeyMaterialCommand, { ...await wrapped(one), ExpirationModel: 'KEY_MATERIAL_EXPIRES', ValidTo: day(10) });
  const { CiphertextBlob } = await send(EncryptCommand, { KeyId, Plaintext });
  const second = await send(ImportKeyMaterialCommand, { ...await wrapped(other), ImportType: 'NEW_KEY_MATERIAL' });
  await send(RotateKeyOnDemandCommand, { KeyId });
  assert.equal((await send(DecryptCommand, { CiphertextBlob })).KeyMaterialId, first.KeyMaterialId);
  kms.clock.set(day(10));
  await assert.rejects(send(EncryptCommand, { KeyId, Plaintext }), KMSInvalidStateException);
  await send(ImportKeyMaterialCommand, { ...await wrapped(one), ImportType: 'EXISTING_KEY_MATERIAL' });
  assert.deepEqual(Buffer.from((await send(DecryptCommand, { CiphertextBlob })).Plaintext), Plaintext);
  await send(DeleteImportedKeyMaterialCommand, { KeyId, KeyMaterialId: second.KeyMaterialId });
  assert.equal((await send(DescribeKeyCommand, { KeyId })).KeyMetadata.KeyState, 'PendingImport');
});

test('a multi-Region key is replicated, moves, and ends with its last replica', async () => {
  const { kms, send } = await world();
  const there = 'eu-west-1';
  const { KeyMetadata: { KeyId } } = await send(CreateKeyCommand, { MultiRegion: true });
  const made = await send(ReplicateKeyCommand, { KeyId, ReplicaRegion: there });
  assert.equal(made.ReplicaKeyMetadata.Arn, `arn:aws:kms:eu-west-1:111122223333:key/${KeyId}`);
  const { CiphertextBlob } = await send(EncryptCommand, { KeyId, Plaintext });
  assert.deepEqual(Buffer.from((await send(DecryptCommand, { CiphertextBlob, KeyId }, there)).Plaintext), Plaintext);
  await send(UpdatePrimaryRegionCommand, { KeyId, PrimaryRegion: there });
  const { KeyMetadata } = await send(DescribeKeyCommand, { KeyId }, there);
  assert.equal(KeyMetadata.MultiRegionConfiguration.MultiRegionKeyType, 'PRIMARY');
  await send(ScheduleKeyDeletionCommand, { KeyId, PendingWindowInDays: 7 }, there);
  await send(ScheduleKeyDeletionCommand, { KeyId, PendingWindowInDays: 7 });
  kms.clock.advance('7d');
  assert.deepEqual((await send(DescribeKeyCommand, { KeyId }, there)).KeyMetadata.DeletionDate, day(14));
  kms.clock.advance('7d');
  await assert.rejects(send(DescribeKeyCommand, { KeyId }, there), NotFoundException);
});

test('the last usage of a key is told', async () => {
  const { kms, send } = await world();
  const { KeyMetadata: { KeyId } } = await send(CreateKeyCommand, {});
  assert.deepEqual((await send(GetKeyLastUsageCommand, { KeyId })).KeyLastUsage, {});
  kms.clock.advance('3d');
  await send(EncryptCommand, { KeyId, Plaintext });
  const { KeyLastUsage } = await send(GetKeyLastUsageCommand, { KeyId });
  assert.deepEqual([KeyLastUsage.Operation, KeyLastUsage.Timestamp], ['Encrypt', day(3)]);
});
