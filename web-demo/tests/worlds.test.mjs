// Worlds that begin beside a person's own: what is visited, what is kept, and what a refusal leaves.
import assert from 'node:assert/strict';
import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { PocketKms } from 'pocket-kms';
import { inPlayground, visit } from './browser.mjs';
import { withSources } from './sources.mjs';
import { becomes, createKey, decrypts, editPolicy, encrypt, flash, gone, keysTable, openTab, part, refusal, region, rowOf, visitKey, visitPage } from './steps.mjs';

let Browser;
let fleetingSlots;
let performHere;
withSources(async (load) => {
  ({ Browser } = await load('/src/world/browser.ts'));
  ({ performHere } = await load('/src/world/perform.ts'));
  ({ fleetingSlots } = await load('/src/world/slots.ts'));
});

const PLACE = { region: 'us-east-1', caller: 'arn:aws:iam::111122223333:root' };
const LESSON = { kind: 'lesson', id: 'wrong-context', seed: 'A wrong context opens nothing.', now: Date.UTC(2026, 0, 1) };

/** Slots that a second page finds as the first one has left them. */
function kept() {
  const slots = fleetingSlots();
  return () => Promise.resolve(slots);
}

const browserOf = (slots) => new Browser(slots, (recipe) => performHere(recipe, {}));

async function makeKey(world) {
  return (await world.call('CreateKey', {}, PLACE)).output.KeyMetadata.KeyId;
}

async function keys(world) {
  return (await world.call('ListKeys', {}, PLACE)).output.Keys.map(({ KeyId }) => KeyId);
}

test('a lesson begins as its seed and its time say, and the own world waits as it was left', async () => {
  const slots = kept();
  const browser = browserOf(slots);
  const own = await browser.open();
  const mine = await makeKey(own);
  const lesson = await browser.begin(LESSON);
  assert.deepEqual(lesson.about, { visiting: { kind: 'lesson', id: LESSON.id, title: LESSON.seed }, seeded: true });
  assert.deepEqual(await keys(lesson), []);
  assert.equal(lesson.clock.now, LESSON.now);
  assert.equal(lesson.clock.running, false);
  const taught = await makeKey(lesson);

  // Another page goes on with the visit.
  const reloaded = browserOf(slots);
  const again = await reloaded.open();
  assert.deepEqual(await keys(again), [taught]);
  assert.equal(again.about.visiting.id, LESSON.id);
  const back = await reloaded.begin({ kind: 'own' });
  assert.deepEqual(back.about, { seeded: false });
  assert.deepEqual(await keys(back), [mine]);
  assert.ok((await back.journal(0)).some(({ operation }) => operation === 'CreateKey'));
});

test('a lesson gives everybody the same ids', async () => {
  const ids = [];
  for (const browser of [browserOf(kept()), browserOf(kept())]) ids.push(await makeKey(await browser.begin(LESSON)));
  assert.equal(ids[0], ids[1]);
});

test('an empty world takes the place of the own one, and says whether it has a seed', async () => {
  const slots = kept();
  const browser = browserOf(slots);
  await makeKey(await browser.open());
  const fresh = await browser.begin({ kind: 'empty', seed: 'class of 2026' });
  assert.deepEqual(fresh.about, { seeded: true });
  assert.deepEqual(await keys(fresh), []);
  assert.deepEqual((await browserOf(slots).open()).about, { seeded: true });
  assert.deepEqual((await browser.begin({ kind: 'empty' })).about, { seeded: false });
});

test('who throws a visited world away is back in the own one, and otherwise a new one begins', async () => {
  const browser = browserOf(kept());
  const mine = await makeKey(await browser.open());
  await makeKey(await browser.begin(LESSON));
  await browser.clear();
  const own = await browser.open();
  assert.deepEqual(await keys(own), [mine]);
  await browser.clear();
  assert.deepEqual(await keys(await browser.open()), []);
});

test('a beginning that is refused leaves the world that is open as it is', async () => {
  const slots = kept();
  const browser = browserOf(slots);
  const own = await browser.open();
  const mine = await makeKey(own);
  await assert.rejects(browser.begin({ ...LESSON, now: Number.MAX_VALUE }), Error);
  await assert.rejects(browser.begin({ kind: 'nonsense' }), /no such beginning/);
  assert.deepEqual(await keys(own), [mine]);
  assert.deepEqual(await keys(await browserOf(slots).open()), [mine]);
});

test('a world that is visited becomes the own one, and the old one is gone', async () => {
  const slots = kept();
  const browser = browserOf(slots);
  const mine = await makeKey(await browser.open());
  await assert.rejects(browser.begin({ kind: 'visited' }), /No world is visited/);
  const taught = await makeKey(await browser.begin(LESSON));
  const own = await browser.begin({ kind: 'visited' });
  assert.deepEqual(own.about, { seeded: true });
  for (const world of [own, await browserOf(slots).open(), await browser.begin({ kind: 'own' })]) {
    assert.deepEqual(await keys(world), [taught]);
    assert.notEqual(taught, mine);
  }
});

test('to go back to the own world where one is in it already changes nothing', async () => {
  const browser = browserOf(kept());
  const own = await browser.open();
  assert.equal(await browser.begin({ kind: 'own' }), own);
});

test('a link to a lesson that is half done goes on elsewhere to the same ids and ciphertexts, also after a reload', async () => {
  const slots = kept();
  const lesson = await browserOf(slots).begin(LESSON);
  const key = await makeKey(lesson);
  await lesson.turn({ advance: '7d' });
  await assert.rejects(lesson.call('Decrypt', { CiphertextBlob: new Uint8Array(200) }, PLACE));
  const again = await browserOf(slots).open();
  const { link, steps } = await again.share('https://example.com/');
  assert.ok(link.startsWith('https://example.com/#/world/'));
  assert.ok(steps >= 3, String(steps));
  const look = await again.lookAt(link.split('#/world/')[1]);
  assert.deepEqual([look.seed, look.now], [LESSON.seed, LESSON.now]);

  const there = await browserOf(kept()).begin({ kind: 'link', link: link.split('#/world/')[1] });
  assert.deepEqual(there.about, { visiting: { kind: 'recipe', title: LESSON.seed }, seeded: true });
  assert.equal(there.clock.now, again.clock.now);
  assert.deepEqual(await keys(there), [key]);
  const outcomes = [];
  for (const world of [again, there]) {
    const { output } = await world.call('Encrypt', { KeyId: key, Plaintext: new Uint8Array([1, 2, 3]) }, PLACE);
    outcomes.push([Buffer.from(output.CiphertextBlob).toString('base64'), await makeKey(world)]);
  }
  assert.deepEqual(outcomes[0], outcomes[1]);
});

/** Exports the world from the page that shares it; gives the path of the file. */
async function exported(page, passphrase) {
  await visitPage(page, 'Share this world');
  const form = part(page, 'File');
  await form.getByLabel('Passphrase').fill(passphrase);
  const coming = page.waitForEvent('download');
  await form.getByRole('button', { name: 'Export world' }).click();
  return (await coming).path();
}

async function openFile(page, file, passphrase) {
  await visitPage(page, 'Open another world');
  const form = part(page, 'A file');
  await form.locator('input[type=file]').setInputFiles(file);
  await form.getByLabel('Passphrase of the file').fill(passphrase);
  await form.getByRole('button', { name: 'Open file' }).click();
  return form;
}

const PASSPHRASE = 'correct horse battery staple';

inPlayground('a world goes to another browser in a file, is visited there, and the own world waits', async (page, { context }) => {
  const id = await createKey(page, { alias: 'travelled' });
  const ciphertext = await encrypt(page, 'across');
  const file = await exported(page, PASSPHRASE);
  await flash(page, 'The world is in the file').waitFor();
  // As the documentation says that a program opens it.
  const bytes = await readFile(file);
  const first = bytes.indexOf(10) + 1;
  const second = bytes.indexOf(10, first) + 1;
  const { iterations, salt } = JSON.parse(bytes.subarray(first, second));
  const rootKey = pbkdf2Sync(PASSPHRASE, Buffer.from(salt, 'base64'), iterations, 32, 'sha256');
  const kms = await PocketKms.restore(bytes.subarray(second), rootKey);
  const { Plaintext } = await kms.call('Decrypt', { CiphertextBlob: Buffer.from(ciphertext, 'base64') });
  assert.equal(new TextDecoder().decode(Plaintext), 'across');

  const other = await context.browser().newContext();
  const { page: there } = await visit(other, `${page.url().split('#')[0]}#/keys`);
  const mine = await createKey(there, { alias: 'mine' });
  await openFile(there, file, PASSPHRASE);
  await flash(there, 'You are in a world out of the file').waitFor();
  await rowOf(there, 'travelled').getByText(id).waitFor();
  await there.reload();
  await visitKey(there, id);
  await decrypts(there, ciphertext, 'across');
  await there.getByRole('button', { name: 'Back to my own world' }).click();
  await rowOf(there, 'mine').getByText(mine).waitFor();
  await gone(there.getByText('You are in a world'));
  await other.close();
});

inPlayground('a file that is not a world, or has another passphrase, is refused, and the world is as it was', async (page) => {
  const id = await createKey(page, { alias: 'kept' });
  const file = await exported(page, PASSPHRASE);
  const bytes = await readFile(file);
  const broken = Buffer.from(bytes);
  broken[broken.length - 20] ^= 1;
  const slow = Buffer.from(bytes.toString('latin1').replace('600000', '6e99999'), 'latin1');
  for (const [content, passphrase, sentence] of [
    [bytes, 'another passphrase', 'The passphrase is another one, or the file is damaged'],
    [broken, PASSPHRASE, 'The passphrase is another one, or the file is damaged'],
    [bytes.subarray(0, bytes.length / 2), PASSPHRASE, 'The passphrase is another one, or the file is damaged'],
    [bytes.subarray(0, 30), PASSPHRASE, 'This file is damaged'],
    [slow, PASSPHRASE, 'This file is damaged'],
    [Buffer.from('<script>alert(1)</script>'), PASSPHRASE, 'This file is not a world'],
    [Buffer.alloc(0), PASSPHRASE, 'This file is not a world'],
  ]) {
    const form = await openFile(page, { name: '<img src=x onerror=alert(1)>.pkms', mimeType: 'application/octet-stream', buffer: content }, passphrase);
    await refusal(form, sentence).waitFor();
    // Who has no other file begins anew on the same page.
    await part(page, 'An empty world').getByRole('button', { name: 'Begin an empty world' }).waitFor();
    await visitPage(page, 'Customer managed keys');
    await rowOf(page, 'kept').getByText(id).waitFor();
  }
  await gone(page.getByText('You are in a world'));
});

/** A file as the documentation says that a program writes it. */
function written(kms, passphrase) {
  const [iterations, salt] = [1000, randomBytes(16)];
  const rootKey = pbkdf2Sync(passphrase.normalize('NFKC'), salt, iterations, 32, 'sha256');
  const how = { key: 'PBKDF2-HMAC-SHA-256', iterations, salt: salt.toString('base64') };
  return Buffer.concat([Buffer.from(`pocket-kms world 1\n${JSON.stringify(how)}\n`), kms.snapshot(rootKey)]);
}

const EVIL = '<img src=x onerror="globalThis.ran=1"><script>globalThis.ran=1</script>';
const ALICE = 'arn:aws:iam::111122223333:user/Alice';

/** A world of a program, in which everything that may be any text is markup. */
async function evilWorld() {
  const kms = await PocketKms.create({ audit: { inSnapshots: true } });
  const Policy = JSON.stringify({ Id: EVIL, Version: '2012-10-17', Statement: [{ Sid: EVIL, Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:*', Resource: '*' }] });
  const Tags = [{ TagKey: 'javascript:ran=1', TagValue: 'javascript:ran=1' }];
  const { KeyMetadata: { KeyId } } = await kms.call('CreateKey', { Description: EVIL, Policy, Tags });
  await kms.call('CreateAlias', { AliasName: 'alias/javascript/ran', TargetKeyId: KeyId });
  await kms.call('CreateGrant', { KeyId, GranteePrincipal: ALICE, Operations: ['Decrypt'], Constraints: { EncryptionContextEquals: { [EVIL]: EVIL } } });
  await kms.call('Encrypt', { KeyId, Plaintext: Buffer.from(EVIL), EncryptionContext: { [EVIL]: EVIL } });
  await assert.rejects(kms.call('DescribeKey', { KeyId: EVIL }));
  return { kms, KeyId };
}

inPlayground('a file that a program has written is opened, and the scripts in it are text', async (page) => {
  const { kms, KeyId } = await evilWorld();
  const mine = await createKey(page, { alias: 'mine' });
  const name = '<img src=x onerror=globalThis.ran=1>.pkms';
  await openFile(page, { name, mimeType: 'text/html', buffer: written(kms, PASSPHRASE) }, PASSPHRASE);
  await flash(page, `You are in a world out of the file ${name}.`).waitFor();
  await rowOf(page, 'javascript/ran').getByText(KeyId).waitFor();
  for (const [tab, shown] of [
    ['policy', () => page.locator('.cm-content, pre, code').getByText('onerror').first().waitFor()],
    ['tags', () => page.waitForFunction(() => [...document.querySelectorAll('input')].some(({ value }) => value === 'javascript:ran=1'))],
    ['grants', () => page.getByRole('checkbox', { name: /^Select grant/ }).waitFor()],
  ]) {
    await visitKey(page, KeyId, tab);
    if (tab === 'policy') await page.getByRole('button', { name: 'Switch to policy view' }).or(page.getByRole('button', { name: 'Edit', exact: true })).first().click();
    await shown();
  }
  for (const name of ['Journal of changes', 'Calls and decisions', 'Least privilege', 'Share this world', 'Open another world', 'Event history']) {
    await visitPage(page, name);
    await page.getByRole('heading', { level: 1, name }).waitFor();
  }
  // Its records have come along, and the one of this key shows what it was called with.
  await page.getByRole('link', { name: 'CreateKey', exact: true }).click();
  await page.getByText('onerror').first().waitFor();
  assert.equal(await page.evaluate(() => globalThis.ran), undefined);
  await gone(page.locator('img[src=x]'));
  await page.getByRole('button', { name: 'Back to my own world' }).click();
  await rowOf(page, 'mine').getByText(mine).waitFor();
});

inPlayground('a file that is too large is not read, and the world is as it was', async (page) => {
  const id = await createKey(page, { alias: 'kept' });
  const folder = await mkdtemp(join(tmpdir(), 'large-'));
  const path = join(folder, 'large.pkms');
  const file = await open(path, 'w');
  await file.truncate(65 << 20);
  await file.close();
  const form = await openFile(page, path, PASSPHRASE);
  await form.getByText('No file of a world is longer than 64 MiB.').waitFor();
  // Who has no other file begins anew on the same page.
  await part(page, 'An empty world').getByRole('button', { name: 'Begin an empty world' }).waitFor();
  await visitPage(page, 'Customer managed keys');
  await rowOf(page, 'kept').getByText(id).waitFor();
  await rm(folder, { recursive: true });
});

inPlayground('a world that begins with a seed has the same key ids wherever it begins', async (page, { context }) => {
  const begin = async (page) => {
    await visitPage(page, 'Open another world');
    const form = part(page, 'An empty world');
    await form.getByRole('checkbox').check();
    await form.getByRole('button', { name: 'Begin an empty world' }).click();
    await form.getByText('Enter a seed.').waitFor();
    await form.getByLabel('Seed', { exact: true }).fill('class of 2026');
    await form.getByRole('button', { name: 'Begin an empty world' }).click();
    await page.getByRole('dialog', { name: 'Begin an empty world?' }).getByRole('button', { name: 'Begin an empty world' }).click();
    await flash(page, 'An empty world has begun.').waitFor();
    return (await page.getByText('There are no keys').waitFor(), createKey(page, { alias: 'same' }));
  };
  await createKey(page, { alias: 'old' });
  const id = await begin(page);
  const other = await context.browser().newContext();
  const { page: there } = await visit(other, `${page.url().split('#')[0]}#/keys`);
  assert.equal(await begin(there), id);
  await other.close();
});

inPlayground('a world with a random source says why it has no link', async (page) => {
  await visitPage(page, 'Share this world');
  await part(page, 'Link').getByText('its keys come from the random source of your browser').waitFor();
  await part(page, 'Link').getByRole('link', { name: 'Begin a world with a seed' }).click();
  await page.getByRole('heading', { level: 1, name: 'Open another world' }).waitFor();
});

/** One of the two frames, which may have nothing in it yet. */
async function frameOf(page, side) {
  const element = await page.waitForSelector(`iframe[src*="side=${side}"]`);
  return element.contentFrame();
}

inPlayground('two places side by side show one world to two callers, and both are reached by keys', async (page) => {
  await visitPage(page, 'Side by side');
  await part(page, 'First place').getByText('Root user @ 1111-2222-3333 in us-east-1').waitFor();
  await part(page, 'Second place').getByText('Alice @ 1111-2222-3333 in us-east-1').waitFor();
  const [left, right] = await Promise.all(['left', 'right'].map((side) => frameOf(page, side)));
  await right.getByText('There are no keys in this account and Region yet.').waitFor();
  const id = await createKey(left, { alias: 'shared' });
  await keysTable(right).getByRole('link', { name: 'shared' }).click();
  await right.getByRole('heading', { level: 1, name: id }).waitFor();

  // The administrator forbids; Alice is denied at once, and the administrator is not.
  const editor = await editPolicy(left);
  const policy = JSON.parse(await textIn(editor));
  policy.Statement.push({ Effect: 'Deny', Principal: { AWS: 'arn:aws:iam::111122223333:user/Alice' }, Action: 'kms:Encrypt', Resource: '*' });
  await editor.fill(JSON.stringify(policy));
  await left.getByRole('button', { name: 'Save changes' }).click();
  await flash(left, 'The key policy is changed.').waitFor();
  for (const [side, told] of [[right, /explicit deny/], [left, /^Ciphertext \(/]]) {
    await openTab(side, 'Encrypt and decrypt');
    await part(side, 'Encrypt').getByRole('textbox', { name: 'Plaintext', exact: true }).fill('x');
    await part(side, 'Encrypt').getByRole('button', { name: 'Encrypt', exact: true }).click();
    await part(side, 'Encrypt').getByText(told).first().waitFor();
  }

  // Each side has a place of its own, also after a reload, and the page around them has another one.
  await region(right, /Frankfurt/);
  await part(page, 'Second place').getByText('Alice @ 1111-2222-3333 in eu-central-1').waitFor();
  await page.reload();
  await part(page, 'Second place').getByText('Alice @ 1111-2222-3333 in eu-central-1').waitFor();
  await part(page, 'First place').getByText('Root user @ 1111-2222-3333 in us-east-1').waitFor();

  // Whoever goes by keys comes into a place by its button. Before the place has come, nothing in it takes the focus.
  const again = await frameOf(page, 'right');
  await again.getByText('There are no keys in this account and Region yet.').waitFor();
  await page.getByRole('button', { name: 'Go to it: Second place' }).focus();
  await page.keyboard.press('Enter');
  await becomes(() => page.evaluate(() => document.activeElement.title), 'Second place');
  await page.keyboard.press('Tab');
  await becomes(() => again.evaluate(() => document.activeElement === document.body), false);
}, { viewport: { width: 1800, height: 1000 } });

/** The lines of a short text in an editor. */
const textIn = (editor) => editor.evaluate((node) => [...node.querySelectorAll('.cm-line')].map((line) => line.textContent).join('\n'));
