// The decision of one check as KMS's explanation gives it: the layers in order, each statement's fate, the grants.
import type { Decision, LayerSays, StatementSays } from 'pocket-kms';

export type { Decision, GrantSays, MatchClass, StatementSays } from 'pocket-kms';

/** What a layer says about a request. */
export type Says = LayerSays['says'];

/** A document of a layer, and what became of its statements. */
export type PolicySays = LayerSays['policies'][number];

export function isAllowed({ ruling }: Pick<Decision, 'ruling'>): boolean {
  return ruling === 'allowed';
}

/** Whether a layer has decided, alone or together with another one. */
export function decides({ decidedBy }: Decision, layer: string): boolean {
  return decidedBy === layer || decidedBy.split(' and ').includes(layer);
}

/** Whether it is this statement that decided. */
export function isDeciding({ deciding }: Decision, { policy }: PolicySays, { statement }: StatementSays): boolean {
  return deciding?.policy === policy && deciding.statement === statement;
}
