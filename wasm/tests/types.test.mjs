/** The declarations, as the compiler of TypeScript reads them from ES modules, from CommonJS and for bundlers. */

import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const require = createRequire(import.meta.url);
const TSC = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
const FOLDER = fileURLToPath(new URL('types/', import.meta.url));
const STRICT = ['--noEmit', '--strict', '--target', 'es2022', '--types', ''];

async function judged(...parameters) {
  const run = promisify(execFile)(process.execPath, [TSC, ...STRICT, ...parameters], { cwd: FOLDER });
  await run.catch(({ stdout, message }) => {
    throw new Error(stdout || message);
  });
}

// The declarations of the AWS SDK name types of the browser.
const WITH_DOM = ['--lib', 'es2022,dom,dom.iterable', '--skipLibCheck', 'usage.mts'];

test('every operation is typed, for ES modules', () => judged('--module', 'nodenext', ...WITH_DOM));

test('and for bundlers', () => judged('--module', 'esnext', '--moduleResolution', 'bundler', ...WITH_DOM));

test('whatever may be left out may be undefined', () => {
  const exact = ['--exactOptionalPropertyTypes', ...WITH_DOM.with(-1, 'exact.mts')];
  return judged('--module', 'nodenext', ...exact);
});

test('and for CommonJS, without a type of the host', () => judged('--module', 'nodenext', '--lib', 'es2022', 'usage.cts'));
