/** The ways in which Node encrypts 32 bytes. Run with the name of one, it prints what its first thousand calls cost. */

import { EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { PocketKms } from 'pocket-kms';

const Plaintext = new Uint8Array(32);

/** The calls by their names: each is made as often as a measure wants. */
export async function ways() {
  const kms = await PocketKms.create();
  const { KeyMetadata: { KeyId } } = await kms.call('CreateKey');
  const command = () => new EncryptCommand({ KeyId, Plaintext });
  const client = (requestHandler) => new KMSClient({ ...kms.clientConfig(), requestHandler });
  const served = client(kms.requestHandler());
  const stubbed = client(canned(kms, await answerTo(kms, client, command())));
  return {
    direct: () => kms.call('Encrypt', { KeyId, Plaintext }),
    served: () => served.send(command()),
    stubbed: () => stubbed.send(command()),
  };
}

/** One genuine answer. */
async function answerTo(kms, client, command) {
  let answer;
  const recorder = kms.requestHandler();
  const genuine = recorder.handle.bind(recorder);
  recorder.handle = async (...request) => (answer = await genuine(...request));
  await client(recorder).send(command);
  return answer;
}

/** Answers every request with its bytes, which are new ones each time: the SDK makes something else of what it is given. */
function canned(kms, { response: { statusCode, headers, body } }) {
  const handler = kms.requestHandler();
  handler.handle = async () => ({ response: { statusCode, headers: { ...headers }, body: new Uint8Array(body) } });
  return handler;
}

const [, program, way] = process.argv;
if (program === import.meta.filename && way !== undefined) {
  const call = (await ways())[way];
  const start = performance.now();
  for (let turn = 0; turn < 1000; turn += 1) await call();
  console.log(performance.now() - start);
}
