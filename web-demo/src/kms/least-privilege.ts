// The least privilege of a principal, as a page reads it.
import type { WorldClient } from '../world/protocol';

export interface Least {
  calls: number;
  notes: readonly string[];
  /** `null` where the recorded calls need none. */
  policy: object | null;
  keyPolicies: readonly { key: string; statements: readonly object[] }[];
  grants: readonly object[];
  /** What something else has allowed. */
  allowedElsewhere: readonly Elsewhere[];
}

export interface Elsewhere {
  action: string;
  resource: string;
  by: string;
  grantId?: string;
}

export interface LeastQuestion {
  principal: string;
  form: 'identity' | 'key policy' | 'grant';
  conditions: boolean;
  denied: boolean;
}

export function leastPrivilege(client: WorldClient, question: LeastQuestion): Promise<Least> {
  return client.audit('least_privilege', question) as Promise<Least>;
}
