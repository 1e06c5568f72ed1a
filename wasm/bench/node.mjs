/** Node: how long a world takes to begin, and what a call costs. */

import { execFileSync } from 'node:child_process';

import { EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { PocketKms } from 'pocket-kms';

import { median, side, tell } from './measure.js';

const PROCESSES = 11;

/** Milliseconds of the first `create()` of a fresh process. */
function firstCreate() {
  const source = `
    import { PocketKms } from 'pocket-kms';
    const start = performance.now();
    await PocketKms.create();
    console.log(performance.now() - start);`;
  const folder = new URL('.', import.meta.url);
  return Number(execFileSync(process.execPath, ['--input-type=module', '--eval', source], { cwd: folder, encoding: 'utf8' }));
}

const created = Array.from({ length: PROCESSES }, firstCreate);
tell({ what: 'Node: first PocketKms.create()', ours: median(created), unit: 'ms', at_most: 60 });

const kms = await PocketKms.create();
const { KeyMetadata: { KeyId } } = await kms.call('CreateKey');
const Plaintext = new Uint8Array(32);
const { CiphertextBlob } = await kms.call('Encrypt', { KeyId, Plaintext });
const calls = {
  'Encrypt of 32 bytes': () => kms.call('Encrypt', { KeyId, Plaintext }),
  'Decrypt of 32 bytes': () => kms.call('Decrypt', { CiphertextBlob }),
  'GenerateDataKey': () => kms.call('GenerateDataKey', { KeyId, KeySpec: 'AES_256' }),
};
const times = await side(Object.values(calls));
for (const [at, name] of Object.keys(calls).entries()) {
  tell({ what: `Node WASM: kms.call ${name}`, ours: times[at], unit: 'µs', at_most: 60 });
}

/** Answers every request with the bytes of one genuine answer. */
function canned({ response: { statusCode, headers, body } }) {
  const handler = kms.requestHandler();
  handler.handle = async () => ({ response: { statusCode, headers: { ...headers }, body: body.slice() } });
  return handler;
}

let answer;
const recorder = kms.requestHandler();
const genuine = recorder.handle.bind(recorder);
recorder.handle = async (...request) => (answer = await genuine(...request));
const credentials = { accessKeyId: '111122223333', secretAccessKey: 'any' };
const client = (requestHandler) => new KMSClient({ region: 'us-east-1', credentials, requestHandler });
const command = () => new EncryptCommand({ KeyId, Plaintext });
await client(recorder).send(command());
const [served, stubbed] = [client(kms.requestHandler()), client(canned(answer))];
const [ours, theirs] = await side([() => served.send(command()), () => stubbed.send(command())]);
tell({ what: 'AWS SDK in Node: Encrypt', ours, unit: 'µs', beside: 'a requestHandler with canned bytes', theirs, at_most: 1.25 });
