// The world layer of the page and of the demo's server, without either: how it follows changes that others make.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PocketKms } from 'pocket-kms';
import { withSources } from './sources.mjs';

let World;
withSources(async (load) => {
  ({ World } = await load('/src/world/world.ts'));
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
