/** RSA keys in a page: the page stays responsive, whoever generates them. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { INSECURE, openPage } from './chromium.js';

let browser;

before(async () => {
  browser = await openPage();
});

after(() => browser?.close());

/** Creates a key in a page, uses it, and tells how the page fared; `prepare` runs in the page before. */
async function created(page, KeySpec, prepare = () => {}) {
  await page.evaluate(prepare);
  return page.evaluate(async (spec) => {
    const { PocketKms } = await import('/wasm/npm/browser.js');
    const kms = await PocketKms.create();
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 5);
    const call = kms.call('CreateKey', { KeySpec: spec, KeyUsage: 'SIGN_VERIFY' });
    const { KeyMetadata, refused } = await call.catch((error) => ({ refused: error.message }));
    clearInterval(timer);
    if (refused) return { refused, changes: kms.changes().length };
    const message = { KeyId: KeyMetadata.KeyId, Message: new Uint8Array(3), SigningAlgorithm: 'RSASSA_PSS_SHA_256' };
    const { Signature } = await kms.call('Sign', message);
    const { SignatureValid } = await kms.call('Verify', { ...message, Signature });
    return { ticks, SignatureValid, bits: Signature.length * 8, subtle: globalThis.crypto.subtle !== undefined };
  }, KeySpec);
}

test('a page runs on while WebCrypto generates an RSA_4096 key, and the key works', async () => {
  const { ticks, ...told } = await created(browser.page, 'RSA_4096');
  assert.deepEqual(told, { SignatureValid: true, bits: 4096, subtle: true });
  assert.ok(ticks >= 3, `${ticks} ticks`);
});

test('a page without a secure origin has no WebCrypto, and runs on while a worker generates the key', async () => {
  const page = await browser.visit(INSECURE);
  const workers = [];
  page.on('worker', (worker) => workers.push(new URL(worker.url()).pathname));
  const { ticks, ...told } = await created(page, 'RSA_2048');
  assert.deepEqual(told, { SignatureValid: true, bits: 2048, subtle: false });
  assert.deepEqual(workers, ['/wasm/npm/key-worker.js']);
  assert.ok(ticks >= 3, `${ticks} ticks`);
  await page.close();
});

test('a page with neither WebCrypto nor workers gets its key from the core', async () => {
  const page = await browser.visit(INSECURE);
  const told = await created(page, 'RSA_2048', () => delete globalThis.Worker);
  assert.ok(told.SignatureValid);
  await page.close();
});

test('a worker that cannot be loaded is not waited for', async () => {
  const page = await browser.visit(INSECURE);
  await page.route('**/key-worker.js', (route) => route.abort());
  const told = await created(page, 'RSA_2048');
  assert.ok(told.SignatureValid);
  await page.close();
});

test('a page whose WebCrypto lies is told so, and nothing has changed', async () => {
  const page = await browser.visit();
  const { refused, changes } = await created(page, 'RSA_2048', () => {
    SubtleCrypto.prototype.exportKey = async () => new Uint8Array(1218).buffer;
  });
  assert.match(refused, /of the spec RSA_2048, but answered with something else/);
  assert.equal(changes, 0);
  await page.close();
});
