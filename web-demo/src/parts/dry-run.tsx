// A check box of every operation that has DryRun: KMS says whether the call would succeed, and does nothing.
import Checkbox from '@cloudscape-design/components/checkbox';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState, type ReactNode } from 'react';
import { words } from '../words';
import { refusal } from '../world/refusal';

const { dryRun } = words;

/** The exception in which a dry run ends that would have succeeded. */
const SUCCESS = 'DryRunOperationException';

/** Whether this code is a success that only looks like a refusal. */
export function wouldSucceed(code: string | undefined): boolean {
  return code === SUCCESS;
}

interface Asked {
  DryRun?: true;
  DryRunModifiers?: ['IGNORE_CIPHERTEXT'];
}

export interface DryRun {
  /** The check box. */
  box: ReactNode;
  /** Members for the request. */
  input: Asked;
  /** Whether the ciphertext is left aside. */
  withoutCiphertext: boolean;
}

/** `ofCiphertext`: a dry run of Decrypt and of ReEncrypt can do without their ciphertext. */
export function useDryRun({ ofCiphertext = false } = {}): DryRun {
  const [dry, setDry] = useState(false);
  const [without, setWithout] = useState(false);
  const withoutCiphertext = dry && ofCiphertext && without;
  const box = (
    <SpaceBetween size="xxs">
      <Checkbox checked={dry} description={dryRun.text} onChange={({ detail }) => setDry(detail.checked)}>
        {dryRun.label}
      </Checkbox>
      {dry && ofCiphertext && (
        <Checkbox checked={without} description={dryRun.withoutText} onChange={({ detail }) => setWithout(detail.checked)}>
          {dryRun.without}
        </Checkbox>
      )}
    </SpaceBetween>
  );
  return { box, withoutCiphertext, input: { ...(dry ? { DryRun: true } : {}), ...(withoutCiphertext ? { DryRunModifiers: ['IGNORE_CIPHERTEXT'] } : {}) } };
}

/** Does it to each; a dry run that would succeed goes on with the next one, and ends as the last one did. */
export async function forEach<T>(items: readonly T[], act: (item: T) => Promise<unknown>): Promise<void> {
  let success: unknown;
  for (const item of items) {
    try {
      await act(item);
    } catch (thrown) {
      if (!wouldSucceed(refusal(thrown).code)) throw thrown;
      success = thrown;
    }
  }
  if (success) throw success;
}
