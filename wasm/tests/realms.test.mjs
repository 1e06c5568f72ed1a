/** Values of another realm, such as a frame, jsdom or `node:vm`: its classes have our names and are not ours. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import vm from 'node:vm';

import { PocketKms } from 'pocket-kms';

import { imported } from './wrapped.js';

/** The same bytes in every class that holds some. */
const BYTES = [
  'new Uint8Array([1, 2, 3, 4])',
  'new Uint8Array([0, 1, 2, 3, 4, 5]).subarray(1, 5)',
  'new Uint8Array([1, 2, 3, 4]).buffer',
  'new Uint8ClampedArray([1, 2, 3, 4])',
  'new Int8Array([1, 2, 3, 4])',
  'new Uint16Array([0x0201, 0x0403])',
  'new DataView(new Uint8Array([0, 1, 2, 3, 4]).buffer, 1)',
  'Uint8Array.of(1, 2, 3, 4).reduce((shared, byte, at) => { shared[at] = byte; return shared; }, new Uint8Array(new SharedArrayBuffer(4)))',
  'Uint8Array.of(1, 2, 3, 4).reduce((shared, byte, at) => { shared[at] = byte; return shared; }, new Uint8Array(new SharedArrayBuffer(4))).buffer',
];

const REALMS = { here: (source) => vm.runInThisContext(source), elsewhere: (source) => vm.runInNewContext(source) };

for (const [realm, run] of Object.entries(REALMS)) {
  for (const source of BYTES) {
    test(`bytes from ${realm}: ${source}`, async () => {
      const kms = await PocketKms.create();
      const { KeyMetadata: { KeyId } } = await kms.call('CreateKey');
      const { CiphertextBlob } = await kms.call('Encrypt', { KeyId, Plaintext: run(source) });
      assert.deepEqual((await kms.call('Decrypt', { CiphertextBlob })).Plaintext, new Uint8Array([1, 2, 3, 4]));
    });
  }

  test(`structures, lists, maps and dates from ${realm}`, async () => {
    const kms = await PocketKms.create({ now: '2026-01-01T00:00:00Z' });
    const { KeyMetadata: { KeyId } } = await kms.call('CreateKey', run('({ Tags: [{ TagKey: "a", TagValue: "b" }] })'));
    assert.deepEqual((await kms.call('ListResourceTags', { KeyId })).Tags, [{ TagKey: 'a', TagValue: 'b' }]);
    const EncryptionContext = run('new Map([["a", "b"]])');
    const { CiphertextBlob } = await kms.call('Encrypt', { KeyId, Plaintext: new Uint8Array(1), EncryptionContext });
    await kms.call('Decrypt', { CiphertextBlob, EncryptionContext: { a: 'b' } });
    const ValidTo = run('new Date("2026-02-01T00:00:00Z")');
    const key = await imported(kms, {}, Buffer.alloc(32), { WrappingAlgorithm: 'RSAES_OAEP_SHA_256', ExpirationModel: 'KEY_MATERIAL_EXPIRES', ValidTo });
    const { KeyMetadata } = await kms.call('DescribeKey', { KeyId: key });
    assert.deepEqual(KeyMetadata.ValidTo, new Date('2026-02-01T00:00:00Z'));
  });

  test(`what holds no value is refused from ${realm}, too`, async () => {
    const kms = await PocketKms.create();
    for (const source of ['new Set(["a"])', '(() => 1)', 'Symbol("x")', 'new Date(NaN)', '2n ** 64n']) {
      await assert.rejects(kms.call('DescribeKey', { KeyId: run(source) }), { code: 'SerializationException' }, source);
    }
  });
}

const revoked = () => {
  const { proxy, revoke } = Proxy.revocable([], {});
  revoke();
  return proxy;
};
const detached = (view) => {
  structuredClone(view.buffer, { transfer: [view.buffer] });
  return view;
};

/** Each throws when it is looked at. */
const HOSTILE = {
  'a revoked proxy': revoked,
  'a list whose length throws': () => new Proxy([], { get: () => assert.fail('mine') }),
  'a structure whose class is a lie': () => ({ [Symbol.toStringTag]: 'Date' }),
  'a map that is not one': () => ({ [Symbol.toStringTag]: 'Map' }),
  'a class that throws': () => ({ get [Symbol.toStringTag]() { throw new Error('mine'); } }),
  'a view of a buffer that is gone': () => detached(new DataView(new ArrayBuffer(8))),
  'bytes of a buffer that is gone': () => detached(new Uint8Array(8)),
};

for (const [what, value] of Object.entries(HOSTILE)) {
  test(`${what} rejects, a thousand times over, and the world goes on`, async () => {
    const kms = await PocketKms.create();
    for (let turn = 0; turn < 1000; turn += 1) await assert.rejects(kms.call('DescribeKey', { KeyId: value() }), Error);
    assert.deepEqual((await kms.call('ListKeys')).Keys, []);
  });
}

test('a name that JavaScript gives a meaning is a name like others', async () => {
  const kms = await PocketKms.create();
  const context = JSON.parse('{ "__proto__": "a" }');
  const { KeyMetadata: { KeyId } } = await kms.call('CreateKey');
  const sealed = await kms.call('Encrypt', { KeyId, Plaintext: new Uint8Array(1), EncryptionContext: context });
  await kms.call('Decrypt', { CiphertextBlob: sealed.CiphertextBlob, EncryptionContext: context });
  await assert.rejects(kms.call('Decrypt', { CiphertextBlob: sealed.CiphertextBlob }), { code: 'InvalidCiphertextException' });
});
