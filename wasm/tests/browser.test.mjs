/**
 * The package in headless Chromium, loaded as it is, without a bundler: in a page and in a worker. It knows wide arithmetic
 * here, so that every case is told by both builds: by the baseline in Node.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { stories } from './cases/stories.js';
import { openPage, WIDE } from './chromium.js';

let browser;
let page;

before(async () => {
  browser = await openPage(WIDE);
  page = browser.page;
});

after(() => browser?.close());

test('a page that has the module inside asks for no second file, and reads bytes of a frame', async () => {
  const inside = await browser.visit();
  const fetched = [];
  inside.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  const told = await inside.evaluate(async () => {
    const { PocketKms } = await import('/wasm/npm/inline.js');
    const kms = await PocketKms.create();
    const frame = document.body.appendChild(document.createElement('iframe')).contentWindow;
    const { KeyMetadata } = await kms.call('CreateKey');
    const { CiphertextBlob } = await kms.call('Encrypt', { KeyId: KeyMetadata.KeyId, Plaintext: frame.Uint8Array.of(1, 2) });
    const { Plaintext } = await kms.call('Decrypt', { CiphertextBlob: new frame.Uint8Array(CiphertextBlob) });
    return [PocketKms.build, ...Plaintext];
  });
  assert.deepEqual(told, ['baseline', 1, 2]);
  assert.deepEqual(fetched.filter((path) => path.endsWith('.wasm')), []);
  await inside.close();
});

test('a page makes a world, encrypts and decrypts', async () => {
  const opened = await page.evaluate(async () => {
    const { PocketKms } = await import('/wasm/npm/browser.js');
    const kms = await PocketKms.create();
    const { KeyMetadata } = await kms.call('CreateKey');
    const Plaintext = new TextEncoder().encode('hello');
    const { CiphertextBlob } = await kms.call('Encrypt', { KeyId: KeyMetadata.KeyId, Plaintext });
    return [PocketKms.build, new TextDecoder().decode((await kms.call('Decrypt', { CiphertextBlob })).Plaintext)];
  });
  assert.deepEqual(opened, ['wide-arithmetic', 'hello']);
});

test('a worker does, too', async () => {
  const state = await page.evaluate(async () => {
    const source = `
      import { PocketKms } from '${new URL('/wasm/npm/browser.js', location)}';
      const kms = await PocketKms.create();
      postMessage((await kms.call('CreateKey')).KeyMetadata.KeyState);`;
    const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })), { type: 'module' });
    return new Promise((resolve) => {
      worker.onmessage = (event) => resolve(event.data);
    });
  });
  assert.equal(state, 'Enabled');
});

test('a page has no port to serve at', async () => {
  const has = await page.evaluate(async () => {
    const { PocketKms } = await import('/wasm/npm/browser.js');
    return 'serve' in (await PocketKms.create());
  });
  assert.equal(has, false);
});

for (const { file, story } of stories()) {
  test(`Chromium: ${file}: ${story.name}`, async () => {
    const failure = await page.evaluate(async (told) => {
      const { PocketKms } = await import('/wasm/npm/browser.js');
      const { tell } = await import('/wasm/tests/cases/tell.js');
      return tell(told, PocketKms).catch((error) => error.message);
    }, story);
    assert.equal(failure, undefined);
  });
}
