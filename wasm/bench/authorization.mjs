/** A realistic request, decided in WebAssembly: the one that the native bench measures, and like there without records. */

import { readFileSync } from 'node:fs';

import { PocketKms } from 'pocket-kms';

import { tell, warm } from './measure.js';

const REQUEST = readFileSync(new URL('../../tests/vectors/realistic-request.json', import.meta.url), 'utf8');

const kms = await PocketKms.create({ audit: { kept: 0 } });
const { KeyMetadata: { Arn: KeyId } } = await kms.call('CreateKey');
const { caller, directory, grants, keyPolicy } = JSON.parse(REQUEST.replaceAll('KEY', KeyId));
kms.directory.register(directory);
for (const grant of grants) await kms.call('CreateGrant', grant);
await kms.call('PutKeyPolicy', { KeyId, Policy: JSON.stringify(keyPolicy), BypassPolicyLockoutSafetyCheck: true });

const place = { caller };
const [ours] = await warm([() => kms.call('DescribeKey', { KeyId }, place)]);
const what = 'WebAssembly: DescribeKey, 6 statements, 4 identity policies, boundary, 20 grants';
tell({ what, ours, unit: 'µs', at_most: 20 });
kms.dispose();
