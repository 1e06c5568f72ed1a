// Links that carry a world: the same one in another browser, and what becomes of links that are not links, or mean harm.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { inPlayground, visit } from './browser.mjs';
import { becomes, beginEmpty, createKey, decrypts, encrypt, flash, gone, openMenu, openTab, part, refusal, rowOf, table, visitKey, visitPage } from './steps.mjs';

const NOW = Date.UTC(2026, 0, 1);

/** What a link carries, made without the playground. */
const packed = (recipe) => deflateRawSync(typeof recipe === 'string' ? recipe : JSON.stringify(recipe)).toString('base64url');

const recipe = (steps, members = {}) => ({ version: 1, seed: 'a class', now: NOW, steps, ...members });

async function follow(page, link) {
  await page.evaluate((address) => (location.hash = address), `#/world/${link}`);
}

async function open(page) {
  await page.getByRole('heading', { level: 1, name: 'Open a link' }).waitFor();
  await page.getByRole('button', { name: 'Open this world' }).click();
  await flash(page, 'You are in a world that a link has brought').waitFor();
}

/** The link that the page of this world gives. */
async function link(page) {
  await visitPage(page, 'Share this world');
  return part(page, 'Link').getByRole('region', { name: 'Link to this world' }).innerText();
}

/** Another person's browser. */
async function elsewhere(context, address) {
  const other = await context.browser().newContext();
  const { page, errors } = await visit(other, address);
  return { page, async leave() {
    await other.close();
    assert.deepEqual(errors, []);
  } };
}

inPlayground('a link opens the same world in another browser, with the same ids and ciphertexts, also later', async (page, { context, address }) => {
  await beginEmpty(page, 'the class of 2026');
  const first = await createKey(page, { alias: 'first' });
  const early = await encrypt(page, 'early');
  await openMenu(page, /World clock/);
  await page.getByRole('menuitem', { name: 'Advance 30 days' }).click();
  await flash(page, 'Nothing fell due.').waitFor();
  await page.reload();
  await visitKey(page, first);
  const late = await encrypt(page, 'late');
  const shared = await link(page);
  assert.ok(shared.startsWith(`${address}#/world/`), shared);

  const { page: there, leave } = await elsewhere(context, shared);
  await there.getByRole('heading', { level: 1, name: 'Open a link' }).waitFor();
  await there.getByText('the class of 2026').first().waitFor();
  await there.getByRole('list', { name: 'What is done' }).getByText('CreateKey').waitFor();
  await open(there);
  await rowOf(there, 'first').getByText(first).waitFor();
  for (const one of [page, there]) {
    await visitKey(one, first);
    for (const [ciphertext, text] of [[early, 'early'], [late, 'late']]) await decrypts(one, ciphertext, text);
  }
  // What comes next is the same in both, to the byte, and also after a reload.
  await there.reload();
  await visitKey(there, first);
  await visitKey(page, first);
  assert.equal(await encrypt(there, 'next'), await encrypt(page, 'next'));
  const ids = [];
  for (const one of [page, there]) {
    await visitPage(one, 'Customer managed keys');
    ids.push(await createKey(one, { alias: 'second' }));
  }
  assert.equal(ids[0], ids[1]);
  // Who was given a world gives it on.
  assert.ok((await link(there)).startsWith(`${address}#/world/`));
  await leave();
});

inPlayground('who opens a link keeps the own world, and comes back to it', async (page) => {
  const mine = await createKey(page, { alias: 'mine' });
  await follow(page, packed(recipe([{ call: 'CreateKey', input: { Description: 'theirs' } }])));
  await page.getByRole('heading', { level: 1, name: 'Open a link' }).waitFor();
  await page.getByRole('link', { name: 'Stay in my world' }).click();
  await rowOf(page, 'mine').getByText(mine).waitFor();
  await page.goBack();
  await open(page);
  await gone(rowOf(page, 'mine'));
  await visitPage(page, 'Journal of changes');
  await table(page, 'Journal of changes').getByText('CreateKey').first().waitFor();
  await page.getByRole('button', { name: 'Back to my own world' }).click();
  await rowOf(page, 'mine').getByText(mine).waitFor();
});

const BROKEN = [
  ['is empty', '', /not the link of a world/],
  ['is not base64', '!!!', /not the link of a world/],
  ['is mangled', '%E0%A4%A', /not the link of a world/],
  ['is noise', randomBytes(300).toString('base64url'), /broken/],
  ['is cut off', packed(recipe([{ call: 'CreateKey' }, { call: 'ListKeys' }])).slice(0, -12), /broken/],
  ['holds no JSON', packed('<script>alert(1)</script>'), /no recipe/],
  ['holds a list', packed([1, 2, 3]), /no recipe/],
  ['begins at no time', packed(recipe([], { now: 'soon' })), /when its world begins/],
  ['nests too deeply', packed(`{"steps":[${'['.repeat(200_000)}${']'.repeat(200_000)}]}`), /./],
  ['inflates without end', packed('0'.repeat(30 << 20)), /too long a recipe/],
  ['is longer than a link may be', randomBytes(60_000).toString('base64url'), /too long/],
];

for (const [how, broken, sentence] of BROKEN) {
  inPlayground(`a link that ${how} is refused, and the world is as it was`, async (page) => {
    const id = await createKey(page, { alias: 'kept' });
    await follow(page, broken);
    await page.getByRole('heading', { level: 1, name: 'This link cannot be opened' }).waitFor();
    await page.getByText('Nothing was done, and your world is as it was.').waitFor();
    await becomes(() => page.getByText('Nothing was done').innerText(), sentence);
    await page.getByRole('link', { name: 'Begin an empty world' }).waitFor();
    await page.getByRole('link', { name: 'Stay in my world' }).click();
    await rowOf(page, 'kept').getByText(id).waitFor();
    await page.reload();
    await rowOf(page, 'kept').getByText(id).waitFor();
    await gone(page.getByText('You are in a world'));
  });
}

const REFUSED = [
  ['has no seed', { version: 1, now: NOW, steps: [] }, /seed/],
  ['is of another version', recipe([], { version: 99 }), /version/],
  ['has a step that nobody knows', recipe([{ call: 'CreateKey' }, { explode: true }]), /step/],
  ['has a step that KMS refuses', recipe([{ call: 'CreateKey' }, { call: 'DisableKey', input: { KeyId: 'nobody' } }]), /nobody|Invalid/],
  ['has too many steps', recipe(Array(6000).fill({ call: 'ListKeys' })), /step/],
  ['nests more deeply than a request may', JSON.stringify(recipe([])).replace('[]', `[{"call":"CreateKey","input":{"Tags":${'['.repeat(5000)}${']'.repeat(5000)}}}]`), /./],
  ['asks for more work than anybody waits for', recipe(Array(300).fill({ call: 'CreateKey', input: { KeySpec: 'RSA_4096', KeyUsage: 'SIGN_VERIFY' } })), /within 20 seconds/],
];

for (const [how, wrong, sentence] of REFUSED) {
  inPlayground(`a recipe that ${how} is refused when it is opened, and the world is as it was`, async (page) => {
    const id = await createKey(page, { alias: 'kept' });
    await follow(page, packed(wrong));
    const broken = page.getByRole('heading', { level: 1, name: 'This link cannot be opened' });
    const button = page.getByRole('button', { name: 'Open this world' });
    await broken.or(button).first().waitFor();
    if (await button.isVisible()) await button.click();
    await broken.or(page.getByRole('alert')).first().waitFor();
    await becomes(() => page.getByRole('main').innerText(), sentence);
    await page.getByText('Nothing was done, and your world is as it was.').waitFor();
    await page.getByRole('link', { name: 'Begin an empty world' }).waitFor();
    await visitPage(page, 'Customer managed keys');
    await rowOf(page, 'kept').getByText(id).waitFor();
    await page.reload();
    await rowOf(page, 'kept').getByText(id).waitFor();
    await gone(page.getByText('You are in a world'));
  });
}

const EVIL = '<img src=x onerror="globalThis.ran=1"><script>globalThis.ran=1</script>';

inPlayground('who offers a world anew to a link that is refused leads to where one begins', async (page) => {
  await page.getByText('There are no keys').waitFor();
  await follow(page, packed(recipe([{ explode: true }])));
  await page.getByRole('button', { name: 'Open this world' }).click();
  await page.getByRole('link', { name: 'Begin an empty world' }).click();
  await page.getByRole('heading', { level: 1, name: 'Open another world' }).waitFor();
  await part(page, 'An empty world').getByRole('button', { name: 'Begin an empty world' }).waitFor();
});

inPlayground('a link may be kept as the own world, after a question, and the old one is gone for good', async (page, { context, address }) => {
  await createKey(page, { alias: 'mine' });
  await follow(page, packed(recipe([
    { as: 'key', call: 'CreateKey', input: { Description: 'theirs' } },
    { call: 'CreateAlias', input: { AliasName: 'alias/theirs', TargetKeyId: { $from: ['key', 'KeyMetadata', 'KeyId'] } } },
  ])));
  await open(page);
  await rowOf(page, 'theirs').waitFor();
  const keep = page.getByRole('dialog', { name: 'Keep this world as your own?' });
  const ask = () => page.getByRole('button', { name: 'Keep this world' }).click();
  await ask();
  await keep.getByText('It takes the place of your own world').waitFor();
  // Who thinks better of it has both worlds still.
  await keep.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Back to my own world' }).click();
  await rowOf(page, 'mine').waitFor();
  await page.goBack();
  await open(page);
  const encrypted = await rowOf(page, 'theirs').getByRole('link', { name: 'theirs' }).click().then(() => encrypt(page, 'kept'));

  const { page: other } = await visit(context, `${address}#/keys`);
  await rowOf(other, 'theirs').waitFor();
  await ask();
  await keep.getByRole('button', { name: 'Keep this world' }).click();
  await flash(page, 'This world is your own now.').waitFor();
  for (const one of [page, other]) {
    await rowOf(one, 'theirs').waitFor();
    await gone(one.getByText('Your own world waits'));
  }
  await other.close();
  await page.reload();
  await rowOf(page, 'theirs').getByRole('link', { name: 'theirs' }).click();
  await decrypts(page, encrypted, 'kept');
  await gone(page.getByText('Your own world waits'));
  await visitPage(page, 'Customer managed keys');
  await rowOf(page, 'theirs').waitFor();
  await gone(rowOf(page, 'mine'));
  // It began with a seed, so its owner hands it on in turn.
  assert.ok((await link(page)).includes('#/world/'));
});

inPlayground('scripts in the names, tags and policies of a link are text', async (page) => {
  await page.getByText('There are no keys').waitFor();
  await follow(page, packed(recipe(
    [
      { as: 'key', call: 'CreateKey', input: { Description: EVIL, Tags: [{ TagKey: 'javascript:ran=1', TagValue: 'a' }] } },
      { call: 'CreateAlias', input: { AliasName: 'alias/javascript/ran', TargetKeyId: { $from: ['key', 'KeyMetadata', 'KeyId'] } } },
      { call: 'DescribeKey', input: { KeyId: EVIL }, refused: 'NotFoundException' },
    ],
    { seed: EVIL },
  )));
  await page.getByText(EVIL).first().waitFor();
  await open(page);
  await page.getByText(EVIL).first().waitFor();
  await rowOf(page, 'javascript/ran').getByRole('link').first().click();
  await page.getByText(EVIL).first().waitFor();
  await openTab(page, 'Tags');
  await page.waitForFunction(() => [...document.querySelectorAll('input')].some(({ value }) => value === 'javascript:ran=1'));
  for (const name of ['Journal of changes', 'Event history', 'Share this world', 'Open another world']) {
    await visitPage(page, name);
    await page.getByRole('heading', { level: 1, name }).waitFor();
  }
  assert.equal(await page.evaluate(() => globalThis.ran), undefined);
  await gone(page.locator('img[src=x]'));
});
