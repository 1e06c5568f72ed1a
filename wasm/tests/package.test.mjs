/** The tarball as it is published: what is in it, and whether it works where nothing else of this repository is. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const PACKAGE = fileURLToPath(new URL('../npm/', import.meta.url));

let folder;
let packed;

/** Runs a program in the empty folder. */
function run(...command) {
  const [program, ...parameters] = command;
  return execFileSync(program, parameters, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'pocket-kms-'));
  [packed] = JSON.parse(run('npm', 'pack', '--json', '--pack-destination', folder, PACKAGE));
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  run('npm', 'install', '--offline', '--no-fund', '--no-audit', `./${packed.filename}`);
});

after(() => rmSync(folder, { recursive: true }));

test('the tarball holds every file that package.json names, the licences and the types', () => {
  const files = packed.files.map((file) => file.path);
  const text = readFileSync(join(PACKAGE, 'package.json'), 'utf8');
  const { exports, main, types, bin } = JSON.parse(text);
  const leaves = (entry) => (typeof entry === 'string' ? [entry] : Object.values(entry).flatMap(leaves));
  const wanted = [exports, main, types, bin].flatMap(leaves).map((path) => path.replace(/^\.\//, ''));
  wanted.push('audit.d.cts', 'course.d.cts', 'decisions.d.cts', 'directory.d.cts', 'faults.d.cts', 'inspection.d.cts', 'metrics.d.cts', 'operations.d.cts', 'options.d.cts', 'privilege.d.cts', 'questions.d.cts', 'records.d.cts', 'stores.d.cts', 'templates.d.cts', 'LICENSE-APACHE', 'LICENSE-MIT', 'README.md');
  assert.deepEqual(wanted.filter((name) => !files.includes(name)), []);
});

test('the tarball holds nothing else: no test, no source of Rust, no glue twice', () => {
  const strangers = packed.files.map((file) => file.path).filter((path) => /test|\.rs$|node_modules|\.npmrc/.test(path));
  assert.deepEqual(strangers, []);
  const built = packed.files.map((file) => file.path).filter((path) => path.startsWith('pkg/')).sort();
  const once = ['pkg/inline-module.js', 'pkg/inline.cjs', 'pkg/node.cjs', 'pkg/pocket_kms.js'];
  const templates = ['pkg/templates/pocket_kms.js', 'pkg/templates/pocket_kms_bg.wasm'];
  const both = (folder) => ['bg', 'rest'].map((part) => `${folder}pocket_kms_${part}.wasm`);
  assert.deepEqual(built, [...once, ...both('pkg/'), ...templates, ...both('pkg/wide/')]);
});

test('the package depends on no other', () => {
  const { dependencies } = JSON.parse(run('npm', 'ls', '--json', '--all'));
  assert.deepEqual(Object.keys(dependencies), ['pocket-kms']);
  assert.equal(dependencies['pocket-kms'].dependencies, undefined);
});

const STORY = `
  const kms = await PocketKms.create();
  const { KeyMetadata } = await kms.call('CreateKey');
  const { CiphertextBlob } = await kms.call('Encrypt', { KeyId: KeyMetadata.KeyId, Plaintext: Buffer.from('hello') });
  console.log(Buffer.from((await kms.call('Decrypt', { CiphertextBlob })).Plaintext).toString());`;

test('an ES module uses it', () => {
  writeFileSync(join(folder, 'use.mjs'), `import { PocketKms } from 'pocket-kms';${STORY}`);
  assert.equal(run(process.execPath, 'use.mjs'), 'hello\n');
});

test('a CommonJS program uses it', () => {
  const program = `const { PocketKms } = require('pocket-kms'); (async () => {${STORY}})();`;
  writeFileSync(join(folder, 'use.cjs'), program);
  assert.equal(run(process.execPath, 'use.cjs'), 'hello\n');
});

test('its program runs', () => {
  assert.match(run('npx', '--offline', 'pocket-kms', '--help'), /^Usage: pocket-kms serve/);
});
