// The world layer of the page and of the demo's server, without either: how it follows changes that others make.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PocketKms } from 'pocket-kms';
import { withSources } from './sources.mjs';

let World, dueOf;
withSources(async (load) => {
  ({ World } = await load('/src/world/world.ts'));
  ({ dueOf } = await load('/src/kms/due.ts'));
});

async function watched() {
  const kms = await PocketKms.create();
  return { kms, world: new World(kms, { journal: [], api: null, keep: () => Promise.resolve() }) };
}

test('more changes between two looks than a journal keeps do not make it another world', async () => {
  const { kms, world } = await watched();
  const { KeyMetadata } = await kms.call('CreateKey', {});
  assert.ok(world.look());
  const { id } = world;
  for (let change = 0; change < 10_100; change += 1) {
    await kms.call('UpdateKeyDescription', { KeyId: KeyMetadata.KeyId, Description: String(change) });
  }
  assert.ok(world.look());
  assert.equal(world.id, id);
  const journal = await world.journal(0);
  assert.equal(journal.length, 10_000);
  assert.deepEqual(journal.map(({ number }) => number), journal.map((_, at) => journal[0].number + at));
  kms.dispose();
});

test('a world whose last change is a secret is the same at the next look', async () => {
  const { kms, world } = await watched();
  const { KeyMetadata } = await kms.call('CreateKey', { Origin: 'EXTERNAL' });
  const wrapping = { WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' };
  await kms.call('GetParametersForImport', { KeyId: KeyMetadata.KeyId, ...wrapping });
  assert.equal(kms.changes().at(-1).table, 'secrets');
  assert.ok(world.look());
  const { id } = world;
  assert.equal(world.look(), false);
  assert.equal(world.id, id);
  kms.dispose();
});

test('a world of fewer changes is another one, and so is one of as many others', async () => {
  const { kms, world } = await watched();
  await kms.call('CreateKey', {});
  world.look();
  const first = world.id;
  const changes = kms.changes();
  kms.changes = () => [];
  assert.ok(world.look());
  assert.notEqual(world.id, first);
  assert.deepEqual(await world.journal(0), []);

  kms.changes = () => changes;
  world.look();
  const second = world.id;
  kms.changes = (behind) => changes.map((change) => ({ ...change, key: `${change.key}, another` })).slice(Math.max(0, behind - changes[0].number + 1));
  assert.ok(world.look());
  assert.notEqual(world.id, second);
  assert.equal((await world.journal(0)).length, changes.length);
  kms.dispose();
});

test('the time line begins with the next deadline of the world, also where the world takes its time', async () => {
  const kms = await PocketKms.create({ now: new Date('2026-01-01T00:00:00Z') });
  const lags = ['on-demand-rotation', 'replica-creating', 'primary-update', 'rotation-lateness', 'deletion-lateness'];
  kms.settings.update(Object.fromEntries(lags.map((lag) => [`lag/${lag}`, 100_000_000])));
  const { KeyMetadata: { KeyId } } = await kms.call('CreateKey', { MultiRegion: true });
  const world = new World(kms, { journal: [], api: null, keep: () => Promise.resolve() });
  const kinds = [];
  const act = async (operation, input = {}, options = {}) => {
    await kms.call(operation, { KeyId, ...input }, options);
    const [first] = (await world.deadlines()).map(dueOf);
    assert.equal(first?.time, kms.nextDeadline?.getTime(), `${operation}: ${first?.kind}`);
    assert.ok(first === undefined || first.id === KeyId);
    kinds.push(first?.kind);
  };
  const there = { region: 'eu-west-1' };
  await act('DescribeKey');
  await act('EnableKeyRotation', { RotationPeriodInDays: 90 });
  await act('RotateKeyOnDemand');
  kms.clock.advance('2d');
  await act('ReplicateKey', { ReplicaRegion: 'eu-west-1' });
  kms.clock.advance('87d 20h');
  // The day of the rotation comes while the primary Region changes, and the rotation waits until it has.
  await act('UpdatePrimaryRegion', { PrimaryRegion: 'eu-west-1' });
  kms.clock.advance('3d');
  await act('DescribeKey');
  await act('ScheduleKeyDeletion', { PendingWindowInDays: 7 }, there);
  await act('ScheduleKeyDeletion', { PendingWindowInDays: 7 });
  assert.deepEqual(new Set(kinds), new Set([undefined, 'rotation', 'on_demand_rotation', 'ready', 'deletion']));
  kms.dispose();
});
