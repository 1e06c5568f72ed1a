// A call as the package is asked for it: who calls, from where, and with which grant tokens.
import type { CallOptions } from 'pocket-kms';
import type { Input, Operation } from './operations';
import type { Place } from './protocol';

/** One that is missing here takes no grant tokens. */
const TAKES_TOKENS: Record<TakesTokens, true> = {
  CreateGrant: true,
  Decapsulate: true,
  Decrypt: true,
  DeriveSharedSecret: true,
  DescribeKey: true,
  Encapsulate: true,
  Encrypt: true,
  GenerateDataKey: true,
  GenerateDataKeyPair: true,
  GenerateDataKeyPairWithoutPlaintext: true,
  GenerateDataKeyWithoutPlaintext: true,
  GenerateMac: true,
  GetPublicKey: true,
  ReEncrypt: true,
  Sign: true,
  Verify: true,
  VerifyMac: true,
};

type TakesTokens = { [O in Operation]: 'GrantTokens' extends keyof NonNullable<Input<O>> ? O : never }[Operation];

export function inputOf<O extends Operation>(operation: O, input: Input<O>, { grantTokens }: Place): Input<O> {
  if (!grantTokens?.length || !(operation in TAKES_TOKENS)) return input;
  return { GrantTokens: [...grantTokens], ...input };
}

/** Who calls and from where, as the package reads it. */
export function optionsOf({ region, caller, session, origin }: Place): CallOptions {
  return {
    region,
    caller: session ? { arn: caller, session } : caller,
    ...(origin ? { origin } : {}),
  };
}
