// Every page of `routes.ts`, and what opens in it: axe has nothing to say, nothing scrolls sideways, title and heading are
// there; at 1440x900, at 390x844, and in dark. With PICTURES=../target/pictures there are pictures of each, a folder a look.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inPlayground } from './browser.mjs';
import { ACCESS } from './every-page/access.mjs';
import { KINDS, TIME } from './every-page/keys.mjs';
import { look, walkedIn } from './every-page/looks.mjs';
import { SCHOOL } from './every-page/school.mjs';
import { STORES } from './every-page/stores.mjs';
import { POLICIES, RECORDS } from './every-page/told.mjs';

/** What the window is called on each page. */
const TITLES = {
  start: 'Start page',
  lesson: 'Lesson',
  keys: 'Customer managed keys',
  'aws-managed-keys': 'AWS managed keys',
  'create-key': 'Create key',
  key: 'Key \\S+',
  import: 'Import key material',
  journal: 'Journal of changes',
  clock: 'World clock',
  faults: 'Faults',
  quotas: 'Quotas',
  calls: 'Calls and decisions',
  'event-history': 'Event history',
  metrics: 'Metrics',
  events: 'EventBridge events',
  'least-privilege': 'Least privilege',
  directory: 'Directory',
  'lock-out': 'Lock-out',
  'policy-lab': 'Policy lab',
  'key-stores': 'External key stores',
  'create-store': 'Create external key store',
  'key-store': 'cks-\\w+',
  clusters: 'CloudHSM clusters',
  'key-managers': 'External key managers',
  operations: 'Operations',
  inspect: 'Inspect a ciphertext',
  'side-by-side': 'Side by side',
  share: 'Share this world',
  open: 'Open another world',
  world: 'Open a link',
};

/** Each begins with an empty world, and each of its stops goes on from the one before. */
const WALKS = {
  'keys of all kinds': KINDS,
  'keys over time': TIME,
  access: ACCESS,
  'key stores': STORES,
  policies: POLICIES,
  'what is told of calls': RECORDS,
  'what teaches': SCHOOL,
};

test('no page of the playground is missing here', () => {
  const routes = readFileSync(new URL('../src/routes.ts', import.meta.url), 'utf8');
  const pages = [...routes.matchAll(/^ {2}\| \{ page: '([\w-]+)'/gm)].map(([, page]) => page);
  const visited = Object.values(WALKS).flatMap((stops) => stops.flatMap(({ page }) => page ?? []));
  assert.ok(pages.length >= 22, 'the pages are found');
  assert.deepEqual([...new Set(visited)].sort(), [...pages].sort());
  assert.deepEqual(Object.keys(TITLES).sort(), [...pages].sort());
});

test('every stop has a name of its own, under which its picture is kept', () => {
  const names = Object.values(WALKS).flatMap((stops) => stops.map(({ where }) => where));
  assert.equal(new Set(names).size, names.length);
});

for (const [at, [name, stops]] of Object.entries(WALKS).entries()) {
  const walk = async (page) => {
    const made = {};
    for (const { where, steps, page: route, title = TITLES[route] } of stops) {
      await steps(page, made);
      await look(page, where, title);
    }
  };
  inPlayground(`${name}: nothing is wrong in any look`, walk, walkedIn(at));
}
