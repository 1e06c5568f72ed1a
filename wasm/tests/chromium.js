/** Headless Chromium with an empty page beside the files of this repository, for suites and measures. */

import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { extname } from 'node:path';

import { chromium } from 'playwright-core';

const ROOT = new URL('../../', import.meta.url);
const KINDS = { '.js': 'text/javascript', '.json': 'application/json', '.wasm': 'application/wasm' };
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-dev-shm-usage'];

/** With this flag, Chromium knows wide arithmetic; some versions do without. */
export const WIDE = '--js-flags=--wasm-wide-arithmetic';

/** A name that is this machine, but no secure origin: pages of it have no `crypto.subtle`. */
export const INSECURE = 'insecure.test';

function answer({ url }, response) {
  if (url === '/') return response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>pocket-kms</title>');
  const file = createReadStream(new URL(`.${url}`, ROOT));
  file.on('open', () => response.setHeader('Content-Type', KINDS[extname(url)] ?? 'text/plain'));
  file.on('error', () => response.writeHead(404).end());
  return file.pipe(response);
}

/** Opens a page; `visit` gives another one, of the same browser. */
export async function openPage(...flags) {
  const server = createServer(answer);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const args = [...FLAGS, `--host-resolver-rules=MAP ${INSECURE} 127.0.0.1`, ...flags];
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args });
  const visit = async (host = '127.0.0.1') => {
    const page = await browser.newPage();
    await page.goto(`http://${host}:${server.address().port}/`);
    return page;
  };
  const close = async () => {
    await browser.close();
    server.close();
  };
  return { page: await visit(), visit, close };
}
