/** The package loads wherever JavaScript runs, once, and says so when it cannot go on. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test } from 'node:test';

import { KmsError, PocketKms } from 'pocket-kms';

const require = createRequire(import.meta.url);
const FOLDER = new URL('../npm/', import.meta.url);

/** What a fresh process prints that runs `source` as an ES module beside these tests. */
function fresh(source) {
  const flags = ['--input-type=module', '--eval', source];
  return execFileSync(process.execPath, flags, { cwd: new URL('.', import.meta.url), encoding: 'utf8' }).trim();
}

test('CommonJS and ES modules recognise the worlds and errors of one another', async () => {
  const common = require('pocket-kms');
  const [kms, other] = [await PocketKms.create(), await common.PocketKms.create()];
  for (const world of [kms, other]) {
    assert.ok(world instanceof PocketKms && world instanceof common.PocketKms);
    const refused = await world.call('DescribeKey', { KeyId: 'alias/x' }).catch((error) => error);
    assert.ok(refused instanceof KmsError && refused instanceof common.KmsError);
  }
  const again = await common.PocketKms.restore(kms.snapshot(new Uint8Array(32)), new Uint8Array(32));
  assert.ok(again instanceof PocketKms);
  assert.equal(common.PocketKms.build, PocketKms.build);
  assert.ok(!(new Error('x') instanceof common.KmsError) && !({} instanceof common.PocketKms));
  assert.throws(() => new common.PocketKms(), /create/);
});

test('a subclass knows its own worlds alone', async () => {
  class Mine extends PocketKms {}
  const [mine, kms] = [await Mine.create(), await PocketKms.create()];
  assert.deepEqual([mine instanceof Mine, mine instanceof PocketKms, kms instanceof Mine], [true, true, false]);
  assert.ok(mine.fork() instanceof Mine);
});

for (const [way, source] of Object.entries({
  'an ES module': "import { KmsError, PocketKms } from 'pocket-kms/inline';",
  CommonJS: "import { createRequire } from 'node:module'; const { KmsError, PocketKms } = createRequire(import.meta.url)('pocket-kms/inline');",
})) {
  test(`the module may come inside of the program, which reads no file then: ${way}`, () => {
    const program = `
      ${source}
      const fs = (await import('node:fs')).default;
      for (const name of ['readFileSync', 'openSync']) fs[name] = () => { throw new Error('a file is read'); };
      const kms = await PocketKms.create();
      const refused = await kms.call('DescribeKey', { KeyId: 'alias/x' }).catch((error) => error);
      console.log((await kms.call('CreateKey')).KeyMetadata.KeyState, PocketKms.build, refused instanceof KmsError);`;
    assert.equal(fresh(program), 'Enabled baseline true');
  });
}

test('the module may be given as bytes, for hosts that find no file', () => {
  const source = `
    import { readFileSync } from 'node:fs';
    import { PocketKms } from '${new URL('browser.js', FOLDER)}';
    const part = (name) => readFileSync(new URL('pkg/' + name, '${FOLDER}'));
    const module = { first: part('pocket_kms_bg.wasm'), rest: part('pocket_kms_rest.wasm') };
    const kms = await PocketKms.create({ module });
    console.log((await kms.call('CreateKey')).KeyMetadata.KeyState, PocketKms.build);`;
  assert.equal(fresh(source), 'Enabled given');
});

test('a module that could not be loaded is loaded again', () => {
  const source = `
    import { PocketKms } from 'pocket-kms';
    const failed = await PocketKms.create({ module: new Uint8Array([1, 2, 3]) }).catch((error) => error);
    const kms = await PocketKms.create();
    console.log(failed.name, kms.clock.now instanceof Date);`;
  assert.equal(fresh(source), 'CompileError true');
});

test('who moved the package without its module is told what to do', () => {
  const source = `
    import { PocketKms } from 'pocket-kms';
    PocketKms.builds = { baseline: () => import('node:fs/promises').then(({ readFile }) => readFile('./nowhere.wasm')) };
    const failed = await PocketKms.create().catch((error) => error);
    console.log(failed.message, failed.cause.code);`;
  assert.match(fresh(source), /'pocket-kms\/inline'.* external.* create\(\{ module \}\) .*nowhere\.wasm.* ENOENT$/);
});

test('after a fault nobody enters the module again, and everybody is told why', () => {
  // No input is known that makes the module fail, so a failing call takes the place of one.
  const source = `
    import { KmsError, PocketKms } from 'pocket-kms';
    import { entered } from '${new URL('module.js', FOLDER)}';
    const kms = await PocketKms.create();
    const thrown = [() => { throw { panic: 'panicked at core/src/kms.rs:1' }; }, () => kms.fork()].map((call) => {
      try { entered(call); } catch (error) { return error; }
    });
    thrown.push(await kms.call('ListKeys').catch((error) => error), await PocketKms.create().catch((error) => error));
    console.log(JSON.stringify(thrown.map((error) => [error instanceof KmsError, error.code, error.message])));`;
  const sentence = 'pocket-kms has a fault and works no more in this process: panicked at core/src/kms.rs:1';
  const told = [true, 'KMSInternalException', sentence];
  assert.deepEqual(JSON.parse(fresh(source)), [told, told, told, told]);
});

test('a trap of the engine is such a fault', () => {
  const source = `
    import { KmsError } from 'pocket-kms';
    import { entered } from '${new URL('module.js', FOLDER)}';
    // (module (func (export "f") unreachable))
    const bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0,
      10, 5, 1, 3, 0, 0, 11]);
    const { f } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
    try { entered(f); } catch (error) { console.log(error instanceof KmsError, error.message); }`;
  assert.match(fresh(source), /^true pocket-kms has a fault .*unreachable$/);
});

test('a browser that is told nothing looks beside its own file', async () => {
  const text = await readFile(new URL('browser.js', FOLDER), 'utf8');
  // Vite, webpack and others look for this expression, letter for letter.
  const modules = ['pkg/', 'pkg/wide/'].flatMap((folder) => ['bg', 'rest'].map((part) => `${folder}pocket_kms_${part}.wasm`));
  for (const file of [...modules, 'key-worker.js']) {
    assert.ok(text.includes(`new URL('./${file}', import.meta.url)`), file);
  }
});

test('the process ends by itself when nothing is served', () => {
  assert.equal(fresh(`import { PocketKms } from 'pocket-kms'; await PocketKms.create(); console.log('end');`), 'end');
});
