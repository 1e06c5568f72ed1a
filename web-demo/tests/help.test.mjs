// Laws of the help panel: each page and each Info link has a topic, each topic is reached from somewhere, and each leads to AWS.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const SOURCE = fileURLToPath(new URL('../src/', import.meta.url));
const files = readdirSync(SOURCE, { recursive: true }).filter((name) => /\.tsx?$/.test(name));
const read = (name) => readFileSync(SOURCE + name, 'utf8');

/** The topics, each with its text. */
const topics = new Map(
  files
    .filter((name) => name.startsWith('help/') && !/topics?\.ts$/.test(name))
    .flatMap((name) => [...read(name).matchAll(/^ {2}'?([\w.-]+)'?: \{\n(.*?)^ {2}\},/gms)])
    .map(([, name, text]) => [name, text]),
);
const pages = [...read('routes.ts').matchAll(/\{ page: '([a-z-]+)'/g)].map(([, page]) => page);
const others = files.filter((name) => !name.startsWith('help/')).map(read).join('\n');

test('every page has a topic', () => {
  const of = { 'key-stores': ['cloudhsm-key-stores', 'external-key-stores'] };
  const missing = [...new Set(pages)].flatMap((page) => of[page] ?? [page]).filter((topic) => !topics.has(topic));
  assert.deepEqual(missing, []);
});

test('every heading of a page has an Info link', () => {
  const headings = files.flatMap((name) => [...read(name).matchAll(/<Header\s[^>]*?variant="(?:h1|awsui-h1-sticky)"[^\n]*\n?[^\n]*/g)].map(([text]) => [name, text]));
  assert.ok(headings.length > 20);
  assert.deepEqual(headings.filter(([, text]) => !text.includes('<Info')).map(([name]) => name), []);
});

test('every topic is reached from a page or from an Info link', () => {
  const stray = [...topics.keys()].filter((topic) => !pages.includes(topic) && !topic.endsWith('-key-stores') && !others.includes(`"${topic}"`) && !others.includes(`'${topic}'`));
  assert.deepEqual(stray, []);
});

test('every topic says something in sentences, and leads to a page of AWS', () => {
  assert.ok(topics.size > 50, String(topics.size));
  for (const [name, text] of topics) {
    assert.match(text, /title: '[^']+'/, name);
    assert.match(text, /more: \[(guide|api|iam)\(/, name);
    const [, said] = /text: \[(.*?)\],\n? *more/s.exec(text) ?? [];
    assert.ok(said, name);
    for (const paragraph of said.split("',\n").map((part) => part.trim()).filter(Boolean)) assert.match(paragraph, /[.?]'?,?$/, `${name}: ${paragraph}`);
  }
});
