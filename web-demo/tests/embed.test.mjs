// A playground in somebody else's page: it has a world of its own, and the reader's own world is out of reach.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { inPlayground, visit } from './browser.mjs';
import { createKey, gone, rowOf, visitPage } from './steps.mjs';

/** A page of another origin, but of the same site, so that browsers share their storage with what it frames. */
async function strangersPage(context, html) {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><html lang="en"><title>Docs</title>${html}</html>`);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  // A test that fails does not come to its end.
  server.unref();
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  return { page, close: () => server.close() };
}

const framed = (address) => `<iframe src="${address}" title="playground" width="1200" height="700"></iframe>`;

for (const [how, query] of [['as documentation has it', '?embed'], ['without a word', ''], ['as a side of two places', '?side=left']]) {
  inPlayground(`a playground in a stranger's page, ${how}, has a world of its own`, async (page, { context, address }) => {
    const mine = await createKey(page, { alias: 'mine' });
    const { page: stranger, close } = await strangersPage(context, framed(`${address}${query}#/keys`));
    const frame = stranger.frame({ url: (url) => url.href.startsWith(address) });
    await frame.getByText('There are no keys in this account and Region yet.').waitFor();
    const theirs = await createKey(frame, { alias: 'theirs' });
    assert.notEqual(theirs, mine);

    // What happens in the frame happens there alone, and what is chosen there is remembered nowhere.
    await visitPage(page, 'Customer managed keys');
    await rowOf(page, 'mine').getByText(mine).waitFor();
    await gone(rowOf(page, 'theirs'));
    await page.reload();
    await rowOf(page, 'mine').getByText(mine).waitFor();
    await gone(rowOf(page, 'theirs'));
    close();
  });
}

inPlayground("a stranger's page can neither read the playground in its frame nor act on it", async (page, { context, address }) => {
  await createKey(page, { alias: 'mine' });
  const { page: stranger, close } = await strangersPage(context, framed(`${address}#/keys`));
  const frame = stranger.frame({ url: (url) => url.href.startsWith(address) });
  await frame.getByText('There are no keys').waitFor();
  await stranger.evaluate(() => {
    const { contentWindow } = document.querySelector('iframe');
    globalThis.heard = [];
    addEventListener('message', ({ data }) => heard.push(data));
    // What the page, its worker and the tabs say among themselves.
    const ask = (method, ...args) => ({ id: '1', type: 'APPLY', path: ['ask'], argumentList: [method, args].map((value) => ({ type: 'RAW', value })) });
    const messages = [ask('reset'), ask('begin', { kind: 'empty' }), { kind: 'hello' }, { kind: 'taken over' }];
    const channels = ['letters', 'questions'].map((name) => new BroadcastChannel(`pocket-kms-playground ${name}`));
    for (const channel of channels) channel.onmessage = ({ data }) => heard.push(data);
    for (const message of messages) {
      contentWindow.postMessage(message, '*');
      for (const channel of channels) channel.postMessage(message);
    }
  });
  // What both have done since, they have done behind those messages.
  await visitPage(page, 'Customer managed keys');
  for (const one of [frame, page]) await createKey(one, { alias: 'meanwhile' });
  const tried = await stranger.evaluate(async () => {
    const { contentWindow } = document.querySelector('iframe');
    const reading = (read) => {
      try {
        return read();
      } catch (error) {
        return error.name;
      }
    };
    const databases = (await indexedDB.databases()).map(({ name }) => name);
    return { document: reading(() => contentWindow.document.body), storage: reading(() => contentWindow.localStorage), heard: globalThis.heard, databases };
  });
  assert.deepEqual(tried, { document: 'SecurityError', storage: 'SecurityError', heard: [], databases: [] });
  await page.reload();
  await visitPage(page, 'Customer managed keys');
  await rowOf(page, 'mine').waitFor();
  close();
});

inPlayground('a playground in a page of documentation has neither bar nor navigation, and leads to a window of its own', async (page, { context, address }) => {
  await createKey(page, { alias: 'mine' });
  const { page: docs } = await visit(context, `${address}?embed#/keys`);
  await docs.getByText('There are no keys').waitFor();
  await docs.getByText('This world is in the memory of this page alone').waitFor();
  await gone(docs.getByRole('navigation', { name: 'Navigation' }));
  await gone(docs.getByRole('button', { name: /^Caller/ }));
  const [opened] = await Promise.all([context.waitForEvent('page'), docs.getByRole('link', { name: /Open it in a window of its own/ }).click()]);
  await visitPage(opened, 'Customer managed keys');
  await rowOf(opened, 'mine').waitFor();
});
