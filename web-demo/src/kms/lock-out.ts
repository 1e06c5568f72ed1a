// A lock-out, step by step: who asks for what, and how it ends. In an account of its own, where nobody need be registered.
import type { Input, Operation } from '../world/operations';
import { partitionOf, rootOf } from './places-config';

const ACCOUNT = '777788889999';

export type Person = 'root' | 'alice' | 'bob';

export type Act = { [O in Operation]: ActOf<O> }[Operation];

interface ActOf<O extends Operation> {
  id: StepId;
  who: Person;
  operation: O;
  /** Whether KMS is expected to refuse. */
  refused: boolean;
  input(keyId: string, region: string): Input<O>;
}

export type StepId =
  | 'create'
  | 'stopped'
  | 'bypass'
  | 'shutOut'
  | 'rootShutOut'
  | 'named'
  | 'account'
  | 'everybody'
  | 'nobody'
  | 'noDeletion';

export function callerOf(who: Person, region: string): string {
  if (who === 'root') return rootOf(ACCOUNT, region);
  return `arn:${partitionOf(region)}:iam::${ACCOUNT}:user/${who === 'alice' ? 'Alice' : 'Bob'}`;
}

export const STEPS: readonly Act[] = [
  { id: 'create', who: 'root', operation: 'CreateKey', refused: false, input: () => ({ Description: 'Lock-out' }) },
  {
    id: 'stopped',
    who: 'bob',
    operation: 'PutKeyPolicy',
    refused: true,
    input: (KeyId, region) => ({ KeyId, Policy: onlyAlice(region) }),
  },
  {
    id: 'bypass',
    who: 'bob',
    operation: 'PutKeyPolicy',
    refused: false,
    input: (KeyId, region) => ({ KeyId, Policy: onlyAlice(region), BypassPolicyLockoutSafetyCheck: true }),
  },
  { id: 'shutOut', who: 'bob', operation: 'GetKeyPolicy', refused: true, input: (KeyId) => ({ KeyId }) },
  {
    id: 'rootShutOut',
    who: 'root',
    operation: 'PutKeyPolicy',
    refused: true,
    input: (KeyId, region) => ({ KeyId, Policy: ofAccount(region) }),
  },
  {
    id: 'named',
    who: 'alice',
    operation: 'PutKeyPolicy',
    refused: false,
    input: (KeyId, region) => ({ KeyId, Policy: ofAccount(region) }),
  },
  { id: 'account', who: 'root', operation: 'GetKeyPolicy', refused: false, input: (KeyId) => ({ KeyId }) },
  {
    id: 'everybody',
    who: 'root',
    operation: 'PutKeyPolicy',
    refused: false,
    input: (KeyId, region) => ({ KeyId, Policy: forNobody(region), BypassPolicyLockoutSafetyCheck: true }),
  },
  {
    id: 'nobody',
    who: 'alice',
    operation: 'PutKeyPolicy',
    refused: true,
    input: (KeyId, region) => ({ KeyId, Policy: ofAccount(region) }),
  },
  { id: 'noDeletion', who: 'root', operation: 'ScheduleKeyDeletion', refused: true, input: (KeyId) => ({ KeyId }) },
];

function onlyAlice(region: string): string {
  return policy('Alice manages the key', callerOf('alice', region), 'kms:*');
}

/** The default key policy. */
function ofAccount(region: string): string {
  return policy('Enable IAM User Permissions', callerOf('root', region), 'kms:*');
}

/** Its users go on, but nobody manages it any more. */
function forNobody(region: string): string {
  return policy('The account uses the key', callerOf('root', region), ['kms:Encrypt', 'kms:Decrypt', 'kms:DescribeKey']);
}

function policy(Sid: string, AWS: string, Action: string | string[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid, Effect: 'Allow', Principal: { AWS }, Action, Resource: '*' }] }, null, 2);
}
