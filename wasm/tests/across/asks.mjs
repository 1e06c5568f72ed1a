/** KMS in Node asks the proxy at a URL, whose authority is in a file: for the tests of the two languages across. */

import { readFileSync } from 'node:fs';

import { PocketKms } from '../../npm/node.js';

const [url, authority, file] = process.argv.slice(2);
const { XksProxyUriPath, XksProxyAuthenticationCredential } = JSON.parse(file);
const endpoint = 'https://xks.example.com';
const kms = await PocketKms.create({ proxies: { [endpoint]: url }, proxyCa: readFileSync(authority, 'utf8') });
kms.settings.update({ 'xks/time-limit': 30_000 });
const { CustomKeyStoreId } = await kms.call('CreateCustomKeyStore', {
  CustomKeyStoreName: 'outside',
  CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
  XksProxyConnectivity: 'PUBLIC_ENDPOINT',
  XksProxyUriEndpoint: endpoint,
  XksProxyUriPath,
  XksProxyAuthenticationCredential,
});
await kms.call('ConnectCustomKeyStore', { CustomKeyStoreId });
const { KeyMetadata } = await kms.call('CreateKey', { Origin: 'EXTERNAL_KEY_STORE', CustomKeyStoreId, XksKeyId: 'foo' });
const { CiphertextBlob } = await kms.call('Encrypt', { KeyId: KeyMetadata.KeyId, Plaintext: new TextEncoder().encode('across') });
const { Plaintext } = await kms.call('Decrypt', { CiphertextBlob });
console.log(new TextDecoder().decode(Plaintext));
