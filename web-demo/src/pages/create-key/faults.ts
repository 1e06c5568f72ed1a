// What a step of the wizard lacks before the next one begins.
import { aliasFault, isTaken } from '../../kms/alias';
import { isAccount, isPrincipal } from '../../kms/places-config';
import { isPeriod } from '../../kms/rotation';
import { words } from '../../words';
import { isInStore, mayRotate, originOf, type Draft } from './draft';

/** The places of the steps that may lack something. */
export const STEPS = { configure: 0, labels: 1, administrators: 2, users: 3, policy: 4 } as const;

interface Named {
  AliasName: string;
}

/** The first step before `end` that lacks something. */
export function firstFaulty(draft: Draft, aliases: readonly Named[], end: number): number | undefined {
  const faults: [number, boolean][] = [
    [STEPS.configure, (mayRotate(draft) && draft.rotates && !isPeriod(draft.period)) || originFault(draft) !== undefined],
    [STEPS.labels, labelsFault(draft, aliases) !== undefined || !draft.tagsValid],
    [STEPS.administrators, draft.administrators.some(principalFault)],
    [STEPS.users, draft.users.some(principalFault) || draft.accounts.some(accountFault)],
  ];
  return faults.find(([step, faulty]) => step < end && faulty)?.[0];
}

/** What is missing of a key whose material does not come from KMS. */
export function originFault(draft: Draft): string | undefined {
  if (originOf(draft) === 'EXTERNAL') return draft.understood ? undefined : words.create.importing.notUnderstood;
  const { noStore, noExternalKey, notUnderstood } = words.create.inStore;
  if (!isInStore(draft)) return undefined;
  if (draft.store === '') return noStore;
  if (originOf(draft) !== 'EXTERNAL_KEY_STORE') return undefined;
  if (!draft.understood) return notUnderstood;
  return draft.externalKey.trim() === '' ? noExternalKey : undefined;
}

export function labelsFault({ alias }: Draft, aliases: readonly Named[]): string | undefined {
  return aliasFault(alias) ?? (isTaken(alias, aliases) ? words.alias.taken : undefined);
}

/** Fields that were added and left empty name nobody, and lack nothing. */
export function principalFault(text: string): string | undefined {
  return text.trim() === '' || isPrincipal(text.trim()) ? undefined : words.create.permissions.notPrincipal;
}

export function accountFault(text: string): string | undefined {
  return text.trim() === '' || isAccount(text.trim()) ? undefined : words.create.permissions.notAccount;
}
