// A choice among the keys that fit, and one button that makes another one.
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMemo, useState, type ReactNode } from 'react';
import type { KeySummary } from '../../kms/keys';
import { KeySelect, useKeys } from '../../parts/key-select';
import { Refused } from '../../parts/refused';
import { useAct } from '../../shell/notifications';
import { teaching } from '../../words-of-teaching';
import type { Input, KeyMetadata } from '../../world/operations';

/** Which keys fit, and how one is made. */
export interface KeyWish {
  fits(metadata: KeyMetadata): boolean;
  input: NonNullable<Input<'CreateKey'>>;
}

export const SYMMETRIC: KeyWish = { fits: ({ KeySpec }) => KeySpec === 'SYMMETRIC_DEFAULT', input: {} };

interface Choice {
  /** The key that is chosen; `undefined` where there is none. */
  metadata: KeyMetadata | undefined;
  field: ReactNode;
}

/** `preferred` is chosen until a person chooses. */
export function useKeyChoice({ fits, input }: KeyWish, preferred?: string): Choice {
  const { act, busy, refused, told } = useAct();
  const [chosen, setChosen] = useState<string>();
  const { keys } = useKeys(chosen);
  const fitting = useMemo(() => keys.filter(({ metadata }) => metadata && isUsable(metadata) && fits(metadata)), [keys, fits]);
  const key: KeySummary | undefined = fitting.find(({ id }) => id === chosen) ?? fitting.find(({ id }) => id === preferred) ?? fitting[0];
  const create = async () => {
    const made = await act((call) => call('CreateKey', input), ({ KeyMetadata }) => teaching.keys.made(KeyMetadata.KeyId), [...told]);
    if (made) setChosen(made.KeyMetadata.KeyId);
  };
  const field = (
    <SpaceBetween size="xs">
      <KeySelect keys={fitting} value={key?.id} onChange={setChosen} />
      <Button formAction="none" loading={busy} onClick={() => void create()}>
        {teaching.keys.create}
      </Button>
      <Refused refusal={refused} />
    </SpaceBetween>
  );
  return { metadata: key?.metadata, field };
}

function isUsable({ KeyState }: KeyMetadata): boolean {
  return KeyState === 'Enabled';
}
