/** Records in files: what an export writes, an import reads. */

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, test } from 'node:test';
import { gunzipSync } from 'node:zlib';

import { PocketKms } from 'pocket-kms';

const folder = mkdtempSync(join(tmpdir(), 'pocket-kms-'));
after(() => rmSync(folder, { recursive: true }));

async function world() {
  const kms = await PocketKms.create({ now: '2030-01-01T00:00:00Z' });
  const { KeyMetadata: { KeyId } } = await kms.call('CreateKey');
  await kms.call('Encrypt', { KeyId, Plaintext: Buffer.from('hello'), EncryptionContext: { tenant: 'blue' } });
  await kms.call('ListKeys', {}, { region: 'eu-west-1' });
  return { kms, KeyId };
}

test('a trail is written as CloudTrail writes it, packed, a file for each account and Region', async () => {
  const { kms } = await world();
  const { files, next, dropped } = await kms.audit.export(join(folder, 'trail'));
  assert.deepEqual([next, dropped, files.length], [3, 0, 2]);
  for (const file of files) {
    const [, region, name] = /AWSLogs\/111122223333\/CloudTrail\/([a-z0-9-]+)\/2030\/01\/01\/(.*)$/.exec(file);
    assert.match(name, new RegExp(`^111122223333_CloudTrail_${region}_20300101T\\d{4}Z_[A-Za-z0-9]{16}\\.json\\.gz$`));
    const { Records } = JSON.parse(gunzipSync(readFileSync(file)));
    assert.deepEqual(Records, kms.audit.events({ region }));
  }
  const brought = await kms.audit.import(join(folder, 'trail'));
  assert.deepEqual([brought.added, brought.skipped], [3, 0]);
  assert.deepEqual(brought.events({ operation: 'Encrypt' }), kms.audit.events({ operation: 'Encrypt' }));
});

test('lines and events of LookupEvents are one file, packed where its name says so', async () => {
  const { kms } = await world();
  const lines = join(folder, 'records.jsonl.gz');
  assert.deepEqual((await kms.audit.export(lines, { form: 'lines', operation: ['CreateKey', 'Encrypt'] })).files, [lines]);
  const written = gunzipSync(readFileSync(lines)).toString().trimEnd().split('\n').map(JSON.parse);
  assert.deepEqual(written.map(({ eventName }) => eventName).sort(), ['CreateKey', 'Encrypt']);
  const events = join(folder, 'events.json');
  await kms.audit.export(events, { form: 'lookup', region: 'us-east-1' });
  assert.equal(JSON.parse(readFileSync(events)).Events.length, 2);
  for (const path of [lines, events]) {
    const brought = await kms.audit.import([path]);
    brought.assertCalled('Encrypt', { times: 1, encryptionContext: { tenant: 'blue' } });
    brought.forget();
    assert.throws(() => brought.events(), { code: 'ValidationException' });
  }
});

test('an export has letters of every language as they are', async () => {
  const { kms } = await world();
  await kms.call('CreateKey', { Tags: [{ TagKey: 'größe', TagValue: '小' }] });
  for (const [name, form] of [['own.json', 'lookup'], ['own.jsonl', 'lines']]) {
    const path = join(folder, name);
    await kms.audit.export(path, { form });
    const text = readFileSync(path, 'utf8');
    assert.deepEqual([text.includes('größe'), text.includes('小'), text.includes('\\u')], [true, true, false]);
    if (form === 'lookup') assert.equal(text, JSON.stringify(JSON.parse(text)));
  }
});

test('texts take the place of files where there are none', async () => {
  const { kms } = await world();
  const { files, next } = await kms.audit.export({ form: 'lines' });
  assert.deepEqual([Object.keys(files), next], [['records.jsonl'], 3]);
  const other = await PocketKms.create();
  const brought = await other.audit.import(files, { into: 'theirs' });
  assert.deepEqual([brought.name, brought.events().length, other.audit.events().length], ['theirs', 3, 0]);
});

test('an export that cannot write says where it stopped, and leaves no half of a file', async () => {
  const { kms } = await world();
  const occupied = join(folder, 'occupied');
  writeFileSync(occupied, '');
  const stopped = await kms.audit.export(join(occupied, 'trail')).catch((error) => error);
  assert.match(stopped.message, /cannot be written: the export stopped behind record 0: /);
  assert.deepEqual([stopped.files, stopped.next], [[], 0]);
  const { files } = await kms.audit.export(join(folder, 'again'), { after: stopped.next });
  assert.equal(files.length, 2);
});

test('a file that cannot be read is named, and a new set is gone with it', async () => {
  const { kms } = await world();
  const path = join(folder, 'broken.json');
  writeFileSync(path, '{"Records": [');
  await assert.rejects(kms.audit.import(path), new RegExp(`${basename(path)} is not a file of records: `));
  await assert.rejects(kms.audit.import(join(folder, 'nothing.json')), /nothing\.json cannot be read: ENOENT/);
  await assert.rejects(kms.audit.import({ 'a.json': 7 }), /a\.json is not a file of records: .* must be bytes/);
  await assert.rejects(kms.audit.import({}, { onto: 'x' }), /import takes no option 'onto'/);
});
