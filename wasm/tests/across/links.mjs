/** Opens the link that it is given, makes one more ciphertext, and tells of both: for the tests of the two languages across. */

import { PocketKms } from '../../npm/node.js';

const kms = await PocketKms.fromLink(process.argv[2]);
const { Keys } = await kms.call('ListKeys');
const ids = Keys.map(({ KeyId }) => KeyId);
const { CiphertextBlob } = await kms.call('Encrypt', { KeyId: ids[0], Plaintext: new TextEncoder().encode('across') });
console.log(JSON.stringify({ ids, blob: Buffer.from(CiphertextBlob).toString('base64'), link: await kms.link() }));
