/** Python and JavaScript give one world the same names; `tests/faces.json` holds them. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { KMSClient } from '@aws-sdk/client-kms';
import { KmsError, PocketKms } from 'pocket-kms';

const { faces } = JSON.parse(readFileSync(new URL('../../tests/faces.json', import.meta.url), 'utf8'));

const kms = await PocketKms.create();
const proxy = kms.proxy('https://xks.example.com', { keys: ['foo'] });
const OBJECTS = {
  PocketKms: [kms, PocketKms],
  Clock: [kms.clock],
  Directory: [kms.directory],
  Stores: [kms.stores],
  Cluster: [kms.clusters.create('cluster-2ab3cdefghi')],
  KeyStoreProxy: [proxy],
  ExternalKey: [proxy.keys.get('foo')],
  Settings: [kms.settings],
  Quotas: [kms.quotas],
  Faults: [kms.fault()],
  Audit: [kms.audit],
  Enclave: [await kms.enclave()],
  KmsError: [new KmsError({ code: 'NotFoundException' })],
};

/** What belongs to the package's own files, and to every error and class of JavaScript. */
const INNER = ['constructor', 'length', 'name', 'prototype', 'stack', 'builds', 'native', 'keyInWorker', 'hostOf', 'templates', 'files', 'auditFiles'];

/** Every name of an object and of its class, but for those of JavaScript's own classes. */
function names(object) {
  const found = [];
  for (let at = object; at && ![Object, Error, Function].some((own) => own.prototype === at); at = Object.getPrototypeOf(at)) {
    found.push(...Object.getOwnPropertyNames(at));
  }
  return found.filter((name) => !INNER.includes(name));
}

for (const { javascript, both, javascriptAlone = {} } of faces) {
  test(`${javascript} has the names of the list and no other`, () => {
    const found = new Set(OBJECTS[javascript].flatMap(names));
    assert.deepEqual([...found].sort(), [...both, ...Object.keys(javascriptAlone)].sort());
  });
}

/** What each method says to an option that nobody knows. */
const ASKED = {
  new: () => PocketKms.create({ anUnknownOption: 1 }),
  call: () => kms.call('ListKeys', {}, { anUnknownOption: 1 }),
  explain: () => kms.explain('ListKeys', {}, { anUnknownOption: 1 }),
  intercept: () => kms.intercept(KMSClient, { anUnknownOption: 1 }),
};

for (const [method, { both, javascriptAlone = [] }] of Object.entries(faces[0].options)) {
  test(`the options of ${method} are those of the list`, async () => {
    const refused = await Promise.resolve().then(ASKED[method]).catch((error) => error);
    const [, listed] = /^\w+ takes no option 'anUnknownOption': it takes (.*)$/.exec(refused.message);
    assert.deepEqual(listed.split(', ').sort(), [...both, ...javascriptAlone].sort());
  });
}
