/** A worker that generates one private key with the core, so that the thread which needs it can continue. */

import { load } from './module.js';
import { World } from './pkg/pocket_kms.js';

self.onmessage = ({ data: { keySpec, module } }) => {
  generated(keySpec, module).then(
    (key) => self.postMessage(key, [key.buffer]),
    () => self.postMessage(undefined),
  );
};

async function generated(keySpec, module) {
  await load({}, module);
  const world = new World();
  const { KeyMetadata } = world.call('CreateKey', {});
  // This core would ask as well; without an answer it generates the key itself.
  const pending = world.call('GenerateDataKeyPair', { KeyId: KeyMetadata.KeyId, KeyPairSpec: keySpec });
  return world.answer(pending).PrivateKeyPlaintext;
}
