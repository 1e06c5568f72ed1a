/** The module is in two parts: the first calls load one, and the rest comes when a call needs it. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';

import { SCENES } from '../first/calls.js';
import { openPage } from './chromium.js';

const FOLDER = new URL('../npm/', import.meta.url);
const REST = '**/pocket_kms_rest.wasm';

/** What a fresh process prints, in which each reading of the rest is counted. */
function fresh(source) {
  const program = `
    import { readFileSync } from 'node:fs';
    import { KmsError, PocketKms } from '${new URL('node.js', FOLDER)}';
    import { SCENES } from '${new URL('../first/calls.js', import.meta.url)}';
    const part = (name) => readFileSync(new URL('pkg/' + name, '${FOLDER}'));
    let read = 0;
    const rest = () => { read += 1; return part('pocket_kms_rest.wasm'); };
    PocketKms.builds = { baseline: () => ({ first: part('pocket_kms_bg.wasm'), rest }) };
    ${source}`;
  return execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' }).trim();
}

for (const name of Object.keys(SCENES)) {
  test(`the first module is enough where ${name}`, () => {
    assert.equal(fresh(`await SCENES[${JSON.stringify(name)}](PocketKms); console.log(read);`), '0');
  });
}

test('a call that needs the rest loads it, once', () => {
  const source = `
    const kms = await PocketKms.create();
    const { KeyMetadata: { KeyId } } = await kms.call('CreateKey', { KeySpec: 'ML_DSA_44', KeyUsage: 'SIGN_VERIFY' });
    const first = read;
    const signed = { KeyId, Message: new Uint8Array(3), SigningAlgorithm: 'ML_DSA_SHAKE_256' };
    const { Signature } = await kms.call('Sign', signed);
    const { SignatureValid } = await kms.call('Verify', { ...signed, Signature });
    console.log(first, read, SignatureValid, kms.whoCan('kms:Sign', KeyId).paths?.length !== 0);`;
  assert.equal(fresh(source), '1 1 true true');
});

test('a module that is given without its rest is refused with advice, and works with it', () => {
  const source = `
    const first = part('pocket_kms_bg.wasm');
    const refused = await PocketKms.create({ module: first }).catch((error) => error);
    const kms = await PocketKms.create({ module: { first, rest: part('pocket_kms_rest.wasm') } });
    kms.whoCan('kms:Sign', (await kms.call('CreateKey')).KeyMetadata.KeyId);
    console.log(read, PocketKms.build, refused.message);`;
  assert.match(fresh(source), /^0 given .*create\(\{ module: \{ first, rest \} \}\).*pocket_kms_rest\.wasm/);
});

test('the parts of two builds do not fit one another', () => {
  const source = `
    const module = { first: part('pocket_kms_bg.wasm'), rest: part('wide/pocket_kms_rest.wasm') };
    console.log((await PocketKms.create({ module }).catch((error) => error)).name);`;
  assert.match(fresh(source), /^(Link|Compile)Error$/);
});

test('where the rest cannot be read, a call says so, and nobody enters the module again', () => {
  const source = `
    PocketKms.builds = { baseline: () => ({ first: part('pocket_kms_bg.wasm'), rest: () => part('nowhere.wasm') }) };
    const kms = await PocketKms.create();
    const { KeyMetadata: { KeyId } } = await kms.call('CreateKey');
    try { kms.whoCan('kms:Sign', KeyId); } catch (error) { console.log(error.code, error.message); }
    console.log((await kms.call('ListKeys').catch((error) => error)).code);`;
  assert.match(fresh(source), /^ModuleNotLoaded .*nowhere\.wasm.*\nKMSInternalException$/s);
});

let browser;
before(async () => { browser = await openPage(); });
after(() => browser.close());

/** Makes a world in a fresh page, and tells what `act` does with it. */
async function inPage(act, argument) {
  await browser.page.reload();
  return browser.page.evaluate(`(async () => {
    const { PocketKms } = await import('/wasm/npm/browser.js');
    const kms = await PocketKms.create({ seed: 'page', now: 1_767_225_600_000 });
    return (${act})(kms, ${JSON.stringify(argument)});
  })()`);
}

/** Each call that needs the rest, and what the world is before and after it. */
async function rare(kms) {
  const world = async () => JSON.stringify([kms.changes(), await kms.call('ListKeys')]);
  await kms.call('CreateKey');
  const before = await world();
  const told = await kms.call('CreateKey', { KeySpec: 'ML_DSA_44', KeyUsage: 'SIGN_VERIFY' }).then(
    ({ KeyMetadata }) => KeyMetadata.KeyId, (error) => error.message);
  return { told, unchanged: before === (await world()) };
}

/** The same, once without the rest and once with it. */
const BOTH = `async (kms) => {
  const rare = ${rare};
  const refused = await rare(kms);
  await fetch('/wasm/npm/package.json?there');
  return { refused, done: await rare(kms) };
}`;

test('a page fetches the rest beside its first calls', async () => {
  const fetched = browser.page.waitForResponse(REST);
  await inPage(async (kms) => { await kms.call('CreateKey'); });
  assert.equal((await fetched).status(), 200);
});

test('a page whose call needs the rest before it is there waits for it', async () => {
  let asked = 0;
  await browser.page.route(REST, (route) => { asked += 1; return asked === 1 ? undefined : route.continue(); });
  const { told, unchanged } = await inPage(rare);
  await browser.page.unroute(REST);
  assert.match(told, /^[0-9a-f-]{36}$/);
  assert.deepEqual([asked, unchanged], [2, false]);
});

test('a page that cannot load the rest refuses the call, changes nothing, and tries again', async () => {
  await browser.page.route(REST, (route) => route.abort());
  await browser.page.route('**/package.json?there', async (route) => {
    await browser.page.unroute(REST);
    await route.continue();
  });
  const { refused, done } = await inPage(BOTH);
  await browser.page.unroute('**/package.json?there');
  assert.match(refused.told, /could not load the rest/);
  assert.equal(refused.unchanged, true);
  assert.match(done.told, /^[0-9a-f-]{36}$/);
  assert.equal(done.unchanged, false);
});
