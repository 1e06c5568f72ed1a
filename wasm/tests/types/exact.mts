/** What a user writes whose compiler tells a member that is `undefined` from one that is not there. */

import type { CreateKeyCommandInput } from '@aws-sdk/client-kms';
import { PocketKms } from 'pocket-kms';

declare const text: string | undefined;
declare const ofTheSdk: Omit<CreateKeyCommandInput, 'Tags'>;

const kms = await PocketKms.create({ seed: text, account: text });
await kms.call('CreateKey', { Description: text }, { region: text, caller: text });
await kms.call('CreateKey', ofTheSdk);
kms.clientConfig({ region: text });
kms.fault({ fault: 'internal', key: text, when: undefined });
kms.simulate('DescribeKey', { KeyId: 'alias/app' }, { region: text, caller: text, keyPolicy: text });
kms.whoCan('kms:Decrypt', 'alias/app', { grant: text, origin: { sourceIp: text, vpcEndpoint: undefined } });
kms.audit.records({ operation: text, caller: text, limit: undefined });
kms.directory.user('arn:aws:iam::111122223333:user/Bob', { permissionsBoundary: text, tags: undefined });
