// Where each operation is in the playground, and which have DryRun.
import {
  AWS_MANAGED_KEYS,
  CREATE_KEY,
  KEYS,
  createStoreAddress,
  operationAddress,
  storesAddress,
} from '../../../routes';
import { words } from '../../../words';
import { allOperations } from '../../../words-of-all-operations';
import type { Input, Operation } from '../../../world/operations';

export interface Spot {
  text: string;
  address: string;
}

const { spots } = allOperations;
const { tabs } = words.key;

/** Tabs are those of a key, which has to be chosen first. */
const tab = (name: keyof typeof tabs): Spot => ({ text: spots.tab(tabs[name]), address: KEYS });
const page = (name: string, text: string): Spot => ({ text, address: operationAddress(name) });
const lists: Spot[] = (['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'] as const).map((type) => ({ text: words.stores.lists[type].title, address: storesAddress(type) }));
const keys: Spot = { text: words.keys.title, address: KEYS };
const actions: Spot = { text: spots.actions, address: KEYS };
const top: Spot = { text: spots.top, address: KEYS };
const store: Spot = { text: spots.store, address: storesAddress('AWS_CLOUDHSM') };
const byHand = (operation: Operation): Spot => page(operation, spots.byHand);

export const WHERE: Record<Operation, readonly Spot[]> = {
  CancelKeyDeletion: [actions],
  ConnectCustomKeyStore: [store],
  CreateAlias: [tab('aliases'), { text: words.create.title, address: CREATE_KEY }],
  CreateCustomKeyStore: (['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'] as const).map((type) => ({ text: words.stores.lists[type].create, address: createStoreAddress(type) })),
  CreateGrant: [tab('grants')],
  CreateKey: [{ text: words.create.title, address: CREATE_KEY }],
  Decapsulate: [tab('encapsulate'), page('Decapsulate', 'Decapsulate')],
  Decrypt: [tab('encrypt'), page('GenerateDataKey', 'GenerateDataKey'), page('Recipient', 'Recipient')],
  DeleteAlias: [tab('aliases')],
  DeleteCustomKeyStore: [store],
  DeleteImportedKeyMaterial: [tab('material')],
  DeriveSharedSecret: [tab('agree'), page('DeriveSharedSecret', 'DeriveSharedSecret')],
  DescribeCustomKeyStores: lists,
  DescribeKey: [top, { text: words.awsManaged.title, address: AWS_MANAGED_KEYS }],
  DisableKey: [actions],
  DisableKeyRotation: [tab('rotation')],
  DisconnectCustomKeyStore: [store],
  EnableKey: [actions],
  EnableKeyRotation: [tab('rotation')],
  Encapsulate: [tab('encapsulate'), page('Encapsulate', 'Encapsulate')],
  Encrypt: [tab('encrypt')],
  GenerateDataKey: [page('GenerateDataKey', 'GenerateDataKey')],
  GenerateDataKeyPair: [page('GenerateDataKeyPair', 'GenerateDataKeyPair')],
  GenerateDataKeyPairWithoutPlaintext: [page('GenerateDataKeyPairWithoutPlaintext', 'GenerateDataKeyPair')],
  GenerateDataKeyWithoutPlaintext: [page('GenerateDataKeyWithoutPlaintext', 'GenerateDataKeyWithoutPlaintext')],
  GenerateMac: [tab('mac')],
  GenerateRandom: [page('GenerateRandom', 'GenerateRandom')],
  GetKeyLastUsage: [byHand('GetKeyLastUsage')],
  GetKeyPolicy: [tab('policy')],
  GetKeyRotationStatus: [tab('rotation')],
  GetParametersForImport: [tab('material'), page('ImportKeyMaterial', 'ImportKeyMaterial')],
  GetPublicKey: [tab('publicKey')],
  ImportKeyMaterial: [tab('material'), page('ImportKeyMaterial', 'ImportKeyMaterial')],
  ListAliases: [tab('aliases'), keys],
  ListGrants: [tab('grants')],
  ListKeyPolicies: [byHand('ListKeyPolicies')],
  ListKeyRotations: [tab('rotation'), tab('material')],
  ListKeys: [keys],
  ListResourceTags: [tab('tags')],
  ListRetirableGrants: [byHand('ListRetirableGrants')],
  PutKeyPolicy: [tab('policy')],
  ReEncrypt: [page('ReEncrypt', 'ReEncrypt')],
  ReplicateKey: [tab('regionality')],
  RetireGrant: [tab('grants')],
  RevokeGrant: [tab('grants')],
  RotateKeyOnDemand: [tab('rotation')],
  ScheduleKeyDeletion: [actions],
  Sign: [tab('sign')],
  TagResource: [tab('tags')],
  UntagResource: [tab('tags')],
  UpdateAlias: [byHand('UpdateAlias')],
  UpdateCustomKeyStore: [store],
  UpdateKeyDescription: [top],
  UpdatePrimaryRegion: [tab('regionality')],
  Verify: [tab('sign')],
  VerifyMac: [tab('mac')],
};

type HasDryRun = { [O in Operation]: 'DryRun' extends keyof NonNullable<Input<O>> ? O : never }[Operation];

/** One that is missing here, or has none, is an error of types. */
const DRY_RUNS: Record<HasDryRun, true> = {
  CreateGrant: true,
  Decapsulate: true,
  Decrypt: true,
  DeriveSharedSecret: true,
  Encapsulate: true,
  Encrypt: true,
  GenerateDataKey: true,
  GenerateDataKeyPair: true,
  GenerateDataKeyPairWithoutPlaintext: true,
  GenerateDataKeyWithoutPlaintext: true,
  GenerateMac: true,
  ReEncrypt: true,
  RetireGrant: true,
  RevokeGrant: true,
  Sign: true,
  Verify: true,
  VerifyMac: true,
};

export function hasDryRun(operation: Operation): boolean {
  return operation in DRY_RUNS;
}
