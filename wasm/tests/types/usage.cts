/** The same package in a CommonJS program; `tsc` judges it, nothing runs it. */

import kmsModule = require('pocket-kms');

async function program(): Promise<string> {
  const kms: kmsModule.PocketKms = await kmsModule.PocketKms.create();
  const { KeyMetadata } = await kms.call('CreateKey', { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
  const { Mac } = await kms.call('GenerateMac', {
    KeyId: KeyMetadata.KeyId,
    MacAlgorithm: 'HMAC_SHA_256',
    Message: new Uint8Array(1),
  });
  return String(Mac.length);
}

export = program().catch((error: unknown) => (error instanceof kmsModule.KmsError ? error.code : String(error)));
