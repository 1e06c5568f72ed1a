// The demo: one world, seen by the playground's page and by whoever speaks the KMS API.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { deflateRawSync } from 'node:zlib';
import { after, before, test } from 'node:test';
import { closeDialog, openLayer, why } from './access.mjs';
import { openBrowser, visit as visitTab } from './browser.mjs';
import { call, startDemo } from './demo-server.mjs';
import {
  addFault,
  becomes,
  beginEmpty,
  createKey,
  fault,
  flash,
  gone,
  keysTable,
  openMenu,
  part,
  refusal,
  rowOf,
  rows,
  toPolicy,
  visitKey,
  visitPage,
} from './steps.mjs';

/** What a link carries. */
const linkOf = (steps) => deflateRawSync(JSON.stringify({ version: 1, seed: 'a class', now: Date.UTC(2026, 0, 1), steps })).toString('base64url');

let browser;
let demo;
before(async () => {
  demo = await startDemo();
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  demo.server.kill();
  await demo.ended;
});

function inDemo(name, steps) {
  test(name, async () => {
    const visit = await browser.visit({}, `${demo.page}/`);
    try {
      await steps(visit.page, visit);
      assert.deepEqual(visit.errors, []);
    } finally {
      await visit.context.close();
    }
  });
}

inDemo('a key made by the API appears in the open page, and one made in the page is seen by the API', async (page) => {
  await page.getByText(`aws --endpoint-url ${demo.api} kms create-key`).waitFor();
  const { KeyMetadata } = await call(demo.api, 'CreateKey', { Description: 'by the API' });
  await keysTable(page).getByText(KeyMetadata.KeyId).waitFor();
  const id = await createKey(page, { alias: 'by-the-page' });
  const { Keys } = await call(demo.api, 'ListKeys');
  assert.deepEqual(Keys.map(({ KeyId }) => KeyId).sort(), [id, KeyMetadata.KeyId].sort());
  assert.equal((await call(demo.api, 'DescribeKey', { KeyId: 'alias/by-the-page' })).KeyMetadata.KeyId, id);
});

inDemo('the page encrypts what the API decrypts, and is refused as the API is', async (page) => {
  const id = await createKey(page, { alias: 'letters' });
  const encrypt = part(page, 'Encrypt');
  await encrypt.getByRole('textbox', { name: 'Plaintext', exact: true }).fill('from the page');
  await encrypt.getByRole('button', { name: 'Encrypt', exact: true }).click();
  const CiphertextBlob = await encrypt.getByRole('region', { name: 'Ciphertext' }).innerText();
  const { Plaintext, KeyId } = await call(demo.api, 'Decrypt', { CiphertextBlob });
  assert.equal(Buffer.from(Plaintext, 'base64').toString(), 'from the page');
  assert.ok(KeyId.endsWith(id));
  await call(demo.api, 'DisableKey', { KeyId: id });
  await page.getByText('Disabled', { exact: true }).first().waitFor();
  await encrypt.getByRole('button', { name: 'Encrypt', exact: true }).click();
  await refusal(encrypt, 'DisabledException').waitFor();
});

inDemo('the clock of the page is the clock of the API', async (page) => {
  const { KeyMetadata } = await call(demo.api, 'CreateKey');
  await call(demo.api, 'ScheduleKeyDeletion', { KeyId: KeyMetadata.KeyId, PendingWindowInDays: 7 });
  await visitPage(page, 'World clock');
  await page.getByText(KeyMetadata.KeyId).waitFor();
  await page.getByRole('button', { name: '30 days', exact: true }).click();
  await flash(page, 'Time has deleted 1 key.').waitFor();
  assert.match((await call(demo.api, 'DescribeKey', { KeyId: KeyMetadata.KeyId })).__type, /NotFoundException/);
});

inDemo('a key that the API rotates is seen to rotate, and the API meets a fault that the page has asked for', async (page) => {
  const { KeyMetadata } = await call(demo.api, 'CreateKey');
  await visitKey(page, KeyMetadata.KeyId, 'rotation');
  await page.getByText('The key has not rotated yet.').waitFor();
  await call(demo.api, 'RotateKeyOnDemand', { KeyId: KeyMetadata.KeyId });
  await rows(page, 'Rotations').first().getByText('On demand').waitFor();

  await addFault(page, 'throttled', [/^GenerateRandom/]);
  assert.match((await call(demo.api, 'GenerateRandom', { NumberOfBytes: 8 })).__type, /ThrottlingException/);
  assert.ok((await call(demo.api, 'GenerateRandom', { NumberOfBytes: 8 })).Plaintext);
  // No change tells the page how often a fault has acted: it reads that as it is opened.
  await becomes(async () => {
    await visitPage(page, 'World clock');
    await visitPage(page, 'Faults');
    return fault(page, 'throttled').textContent();
  }, /1 of 2/);
  await fault(page, 'throttled').getByRole('button', { name: /^Remove fault/ }).click();
  await flash(page, 'The fault throttled is removed.').waitFor();
});

inDemo('what the API was denied is told in the page, with why', async (page) => {
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Sid: 'Manage', Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:*', Resource: '*' },
      { Sid: 'NotReadable', Effect: 'Deny', Principal: '*', Action: 'kms:GetKeyPolicy', Resource: '*' },
    ],
  });
  const { KeyMetadata } = await call(demo.api, 'CreateKey', { Policy });
  assert.match((await call(demo.api, 'GetKeyPolicy', { KeyId: KeyMetadata.KeyId })).__type, /AccessDeniedException/);
  await visitPage(page, 'Calls and decisions');
  const denied = rows(page, 'Denials of this world').filter({ hasText: KeyMetadata.KeyId });
  await denied.getByText('with an explicit deny in a resource-based policy').waitFor();
  const dialog = await why(denied, 'GetKeyPolicy');
  await (await openLayer(dialog, 'Key policy')).getByText('"NotReadable" (Deny)').waitFor();
  await dialog.getByText('a world keeps the decision alone').waitFor();
  await closeDialog(dialog);
  // Nobody tells the page of a denial, which changes nothing.
  const before = await rows(page, 'Denials of this world').count();
  await call(demo.api, 'GetKeyPolicy', { KeyId: KeyMetadata.KeyId });
  await page.getByRole('button', { name: 'Refresh' }).click();
  await rows(page, 'Denials of this world').nth(before).waitFor();
});

inDemo('a policy is rehearsed in a copy of the world', async (page) => {
  const before = (await call(demo.api, 'ListKeys')).Keys.length;
  await toPolicy(page, { alias: 'tried' });
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('button', { name: 'Finish' }).waitFor();
  assert.equal((await call(demo.api, 'ListKeys')).Keys.length, before);
});

inDemo('a reset empties the world of both, at the same address', async (page) => {
  const { KeyMetadata } = await call(demo.api, 'CreateKey');
  await rowOf(page, KeyMetadata.KeyId).waitFor();
  await openMenu(page, 'Settings');
  await page.getByRole('menuitem', { name: 'Reset the world' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Reset the world' }).click();
  await flash(page, 'A new world has begun.').waitFor();
  await page.getByText('There are no keys').waitFor();
  assert.deepEqual((await call(demo.api, 'ListKeys')).Keys, []);
});

inDemo('who turns the clock or resets the world by the API is seen in the page', async (page) => {
  const { KeyMetadata } = await call(demo.api, 'CreateKey');
  await rowOf(page, KeyMetadata.KeyId).waitFor();
  const administer = (path, input) => fetch(`${demo.api}/_pocket-kms/${path}`, { method: 'POST', body: input && JSON.stringify(input) });
  assert.equal((await administer('reset')).status, 200);
  await page.getByText('There are no keys').waitFor();
  await visitPage(page, 'Journal of changes');
  await page.getByText('Nothing has changed yet.').waitFor();
  await visitPage(page, 'World clock');
  await page.getByText('The same', { exact: true }).waitFor();
  assert.equal((await administer('clock', { advance: '7d' })).status, 200);
  await page.getByText('7 days ahead').waitFor();
  assert.equal((await administer('clock', { freeze: true })).status, 200);
  await page.getByText('Frozen', { exact: true }).waitFor();
  assert.equal((await administer('reset')).status, 200);
});

const ids = async () => (await call(demo.api, 'ListKeys')).Keys.map(({ KeyId }) => KeyId);

inDemo('a world that the page begins is the one of the API, at the same address, and its seed says its keys', async (page) => {
  await call(demo.api, 'CreateKey');
  const made = [];
  for (let time = 0; time < 2; time += 1) {
    await beginEmpty(page, 'class of 2026');
    assert.deepEqual(await ids(), []);
    made.push((await call(demo.api, 'CreateKey')).KeyMetadata.KeyId);
    await rowOf(page, made.at(-1)).waitFor();
  }
  assert.equal(made[0], made[1]);
});

inDemo('a link is visited by the page and the API together, and both find the own world again', async (page) => {
  await beginEmpty(page, 'before');
  const mine = await createKey(page, { alias: 'mine' });
  await page.evaluate((address) => (location.hash = address), `#/world/${linkOf([{ call: 'CreateKey', input: { Description: 'theirs' } }])}`);
  await page.getByRole('button', { name: 'Open this world' }).click();
  await flash(page, 'You are in a world that a link has brought').waitFor();
  const [theirs, ...others] = await ids();
  assert.deepEqual(others, []);
  assert.notEqual(theirs, mine);
  await rowOf(page, theirs).waitFor();

  // What cannot be opened leaves both where they are.
  await page.evaluate((address) => (location.hash = address), `#/world/${linkOf([{ explode: true }])}`);
  await page.getByRole('button', { name: 'Open this world' }).click();
  await page.getByRole('alert').first().waitFor();
  assert.deepEqual(await ids(), [theirs]);

  await page.getByRole('button', { name: 'Back to my own world' }).click();
  await flash(page, 'You are back in your own world.').waitFor();
  await rowOf(page, 'mine').getByText(mine).waitFor();
  assert.deepEqual(await ids(), [mine]);
  assert.equal((await call(demo.api, 'DescribeKey', { KeyId: 'alias/mine' })).KeyMetadata.KeyId, mine);
});

inDemo('a visited world that the page keeps is the one that the API has from then on', async (page, { context }) => {
  await beginEmpty(page, 'given up');
  await createKey(page, { alias: 'mine' });
  await page.evaluate((address) => (location.hash = address), `#/world/${linkOf([{ call: 'CreateKey' }])}`);
  await page.getByRole('button', { name: 'Open this world' }).click();
  await page.getByRole('button', { name: 'Keep this world' }).click();
  await page.getByRole('dialog', { name: 'Keep this world as your own?' }).getByRole('button', { name: 'Keep this world' }).click();
  await flash(page, 'This world is your own now.').waitFor();
  const kept = await ids();
  assert.equal(kept.length, 1);
  await rowOf(page, kept[0]).waitFor();
  await gone(page.getByRole('button', { name: 'Back to my own world' }));
  // Whoever comes later finds it, too.
  const { page: other } = await visitTab(context, `${demo.page}/#/keys`);
  await rowOf(other, kept[0]).waitFor();
  await gone(other.getByRole('button', { name: 'Back to my own world' }));
  assert.match((await call(demo.api, 'DescribeKey', { KeyId: 'alias/mine' })).__type, /NotFoundException/);
});

/** Asks the page's server for the world under any name, and in the name of any page. */
function knock(headers) {
  return new Promise((resolve, reject) => {
    const asking = request(`${demo.page}/world`, { method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asking.once('error', reject);
    asking.end('[{"method":1,"args":2},"journal",[3],0]');
  });
}

test('only the page of the server itself asks for its world', async () => {
  const host = new URL(demo.page).host;
  assert.equal(await knock({ host }), 200);
  assert.equal(await knock({ host, origin: demo.page }), 200);
  assert.equal(await knock({ host, origin: 'https://stranger.example' }), 403);
  assert.equal(await knock({ host: 'stranger.example', origin: 'http://stranger.example' }), 403);
});

test('assets are compressed and kept for ever, the page itself is asked for again', async () => {
  const headers = { 'accept-encoding': 'gzip' };
  const page = await fetch(demo.page, { headers });
  assert.equal(page.headers.get('cache-control'), 'no-cache');
  const [script] = (await page.text()).match(/assets\/[^"]+\.js/);
  const asset = await fetch(`${demo.page}/${script}`, { headers });
  assert.match(asset.headers.get('cache-control'), /immutable/);
  assert.equal(asset.headers.get('content-encoding'), 'gzip');
  const again = await fetch(`${demo.page}/${script}`, { headers: { 'if-none-match': asset.headers.get('etag') } });
  assert.equal(again.status, 304);
  await asset.arrayBuffer();
  for (const path of ['/assets/none.js', '/../package.json', '/%2e%2e/package.json']) {
    assert.equal((await fetch(demo.page + path)).status, 404, path);
  }
});

test('the demo stops cleanly when it is told to', { skip: process.platform === 'win32' }, async () => {
  const other = await startDemo();
  other.server.kill('SIGTERM');
  assert.deepEqual((await other.ended)[0], 0);
  assert.match(other.said.at(-1), /stopped/);
});

test('a port that is taken is told, with what to do', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  for (const option of ['--port', '--page-port']) {
    const other = await startDemo(`${option}=${taken.address().port}`);
    assert.equal((await other.ended)[0], 1);
    assert.match(other.complaint(), new RegExp(`port ${taken.address().port} is in use: .*${option}`));
  }
  taken.close();
});
