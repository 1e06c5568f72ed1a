/** Chromium: what an RSA key costs here, beside WebCrypto's own share of it. */

import { openPage } from '../tests/chromium.js';
import { tell } from './measure.js';

const KEYS = { RSA_2048: 40, RSA_4096: 15 };

/**
 * Milliseconds of `CreateKey`, and of WebCrypto's generate-and-export within the same calls: the search for primes takes
 * a time of its own for every key, so two keys cannot be compared.
 */
async function created(page, spec, count) {
  return page.evaluate(async ([KeySpec, keys]) => {
    const { PocketKms } = await import('/wasm/npm/browser.js');
    const kms = await PocketKms.create();
    const subtle = Object.getPrototypeOf(crypto.subtle);
    const { generateKey, exportKey } = subtle;
    const sum = { ours: 0, theirs: 0 };
    let begun;
    subtle.generateKey = function (...wish) {
      begun = performance.now();
      return generateKey.apply(this, wish);
    };
    subtle.exportKey = async function (...wish) {
      const exported = await exportKey.apply(this, wish);
      sum.theirs += performance.now() - begun;
      return exported;
    };
    const create = () => kms.call('CreateKey', { KeySpec, KeyUsage: 'SIGN_VERIFY' });
    await create();
    sum.theirs = 0;
    const start = performance.now();
    for (let key = 0; key < keys; key += 1) await create();
    sum.ours = performance.now() - start;
    return { ours: sum.ours / keys, theirs: sum.theirs / keys };
  }, [spec, count]);
}

for (const [build, ...flags] of [['baseline'], ['wide-arithmetic', '--js-flags=--wasm-wide-arithmetic']]) {
  const browser = await openPage(...flags);
  for (const [spec, count] of Object.entries(KEYS)) {
    const what = `Chromium, ${build}: CreateKey ${spec}`;
    const beside = 'WebCrypto generate and export';
    tell({ what, ...(await created(browser.page, spec, count)), unit: 'ms', beside, at_most: 1.3 });
  }
  await browser.close();
}
