/** Recipes and links: a world that is made again, and what is refused. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { deflateRawSync } from 'node:zlib';

import { PocketKms } from 'pocket-kms';

const NOW = '2026-01-01T00:00:00Z';
const PAGE = 'https://example.com/playground/';

const bytes = (text) => new TextEncoder().encode(text);
const code = (text) => deflateRawSync(text).toString('base64url');

/** A world in which something was done, and a ciphertext of it. */
async function lesson() {
  const kms = await PocketKms.create({ seed: 'lesson', now: NOW, keepRecipe: true });
  const { KeyMetadata } = await kms.call('CreateKey', { Description: '<script>alert(1)</script>' });
  const { KeyId } = KeyMetadata;
  await kms.call('DescribeKey', { KeyId });
  const { CiphertextBlob } = await kms.call('Encrypt', { KeyId, Plaintext: bytes('hello'), EncryptionContext: { $from: 'x' } });
  await assert.rejects(kms.call('EnableKey', { KeyId: '12345678-1234-1234-1234-123456789012' }), { code: 'NotFoundException' });
  kms.settings.update({ 'quota/keys': 3 });
  kms.clock.advance('1d');
  return { kms, KeyId, CiphertextBlob };
}

test('a world of a link has the same keys, and does the same from then on', async () => {
  const { kms, KeyId, CiphertextBlob } = await lesson();
  const link = await kms.link(`${PAGE}#/somewhere`);
  assert.match(link, /^https:\/\/example\.com\/playground\/#\/world\/[\w-]+$/u);
  for (const said of [link, link.slice(link.indexOf('#')), link.split('/world/')[1], `${link}?embed`, ` ${link}\n`]) {
    const there = await PocketKms.fromLink(said);
    assert.deepEqual(there.recipe(), kms.recipe());
    assert.equal(await there.link(PAGE), await kms.link(PAGE));
    const { Plaintext } = await there.call('Decrypt', { CiphertextBlob, EncryptionContext: { $from: 'x' } });
    assert.deepEqual(Plaintext, bytes('hello'));
    const fork = kms.fork();
    await fork.call('Decrypt', { CiphertextBlob, EncryptionContext: { $from: 'x' } });
    assert.equal(there.clock.now.getTime(), Date.parse(NOW) + 86_400_000);
    assert.deepEqual(there.changes(), kms.changes());
  }
  const [one, other] = [await PocketKms.fromRecipe(kms.recipe()), await PocketKms.fromRecipe(JSON.stringify(kms.recipe()))];
  const encrypt = { KeyId, Plaintext: bytes('again') };
  assert.deepEqual(await one.call('Encrypt', encrypt), await other.call('Encrypt', encrypt));
});

test('a recipe has what was done, and not who looked', async () => {
  const { kms } = await lesson();
  const recipe = kms.recipe();
  assert.deepEqual(recipe.steps.map((step) => step.call ?? Object.keys(step)[0]), ['CreateKey', 'Encrypt', 'EnableKey', 'set', 'at']);
  assert.deepEqual([recipe.version, recipe.seed, recipe.now], [1, 'lesson', Date.parse(NOW)]);
  assert.equal(recipe.steps[2].refused, 'NotFoundException');
});

test('what an SDK asks over HTTP is in the recipe, too', async () => {
  const { KMSClient, CreateKeyCommand } = await import('@aws-sdk/client-kms');
  const kms = await PocketKms.create({ seed: 'sdk', now: NOW, keepRecipe: true });
  const client = new KMSClient(kms.clientConfig({ caller: 'arn:aws:iam::444455556666:user/Eve' }));
  const { KeyMetadata } = await client.send(new CreateKeyCommand({ Description: 'of an SDK' }));
  const there = await PocketKms.fromRecipe(kms.recipe());
  const found = await there.call('DescribeKey', { KeyId: KeyMetadata.Arn }, { caller: '444455556666' });
  assert.equal(found.KeyMetadata.Description, 'of an SDK');
});

test('a world without a seed has no recipe, and says why', async () => {
  const kms = await PocketKms.create({ keepRecipe: true });
  assert.throws(() => kms.recipe(), /a world without a seed has no recipe: its keys come from the random source/u);
  await assert.rejects(kms.link(), /a world without a seed has no recipe/u);
  const silent = await PocketKms.create({ seed: 'x' });
  assert.throws(() => silent.recipe(), /does not keep its recipe/u);
  const quiet = await PocketKms.fromRecipe({ version: 1, seed: 'x', now: 0, steps: [] }, { keepRecipe: false });
  assert.throws(() => quiet.recipe(), /does not keep its recipe/u);
});

test('links that are broken, cut, too long or none at all are refused with a sentence', async () => {
  const { kms } = await lesson();
  const link = await kms.link(PAGE);
  const empty = { version: 1, seed: 'x', now: 0, steps: [] };
  for (const [hostile, sentence] of [
    ['', /not the link of a world/u],
    [PAGE, /not the link of a world/u],
    ['<script>alert(1)</script>', /not the link of a world/u],
    [link.slice(0, -7), /this link is broken/u],
    [`${PAGE}#/world/AAAA`, /this link is broken/u],
    [`${PAGE}#/world/${'A'.repeat(65_537)}`, /this link is too long/u],
    [code(' '.repeat(4 * 1024 * 1024 + 1)), /too long a recipe: one has at most 4 MiB/u],
    [code('{"version": 1'), /this is not a recipe/u],
    [code('['.repeat(1000)), /this is not a recipe/u],
    [code('null'), /a recipe is a structure/u],
    [code(JSON.stringify({ ...empty, steps: [{ call: 'DeleteEverything' }] })), /step 1 of the recipe \(DeleteEverything\)/u],
    [code(JSON.stringify({ ...empty, run: 'alert(1)' })), /has no member run/u],
  ]) {
    await assert.rejects(PocketKms.fromLink(hostile), sentence, String(sentence));
  }
  await assert.rejects(PocketKms.fromLink(7), /a link is a text/u);
  await assert.rejects(PocketKms.fromRecipe(undefined), /a recipe is a structure/u);
});

test('a world that is too long for a link says so', async () => {
  const kms = await PocketKms.create({ seed: 'long', now: NOW, keepRecipe: true });
  for (let seed = 1; seed <= 40; seed += 1) {
    // Bytes that deflate cannot press.
    const Plaintext = crypto.getRandomValues(new Uint8Array(4096));
    await assert.rejects(kms.call('Encrypt', { KeyId: 'alias/no', Plaintext }), { code: 'NotFoundException' });
  }
  await assert.rejects(kms.link(), /too long for a link: it has \d+ characters, and a link at most 65536; hand the recipe on/u);
});
