// Trying keys: each encrypts, and decrypts what it has encrypted when it was tried first.
import { useCallback, useRef, useState } from 'react';
import type { KeySummary } from '../../kms/keys';
import { useCall, type Call } from '../../world/context';
import { refusal, type Refusal } from '../../world/refusal';

/** How two calls with a key have ended: `undefined` where all was well. */
export interface Trial {
  encrypt: Refusal | undefined;
  decrypt: Refusal | undefined;
}

const TEXT = new TextEncoder().encode('A text from before.');

export function useTrials() {
  const call = useCall();
  /** A ciphertext of each key from the first time that it could encrypt. */
  const first = useRef(new Map<string, Uint8Array>());
  const [trials, setTrials] = useState<ReadonlyMap<string, Trial>>(new Map());
  const [busy, setBusy] = useState(false);
  const tryAll = useCallback(
    async (keys: readonly KeySummary[]) => {
      setBusy(true);
      const made = await Promise.all(keys.map(async ({ id }) => [id, await tried(call, id, first.current)] as const));
      setTrials(new Map(made));
      setBusy(false);
    },
    [call],
  );
  return { trials, busy, tryAll };
}

async function tried(call: Call, KeyId: string, first: Map<string, Uint8Array>): Promise<Trial> {
  const encrypt = await refusalOf(async () => {
    const { CiphertextBlob } = await call('Encrypt', { KeyId, Plaintext: TEXT });
    if (!first.has(KeyId)) first.set(KeyId, CiphertextBlob);
  });
  const CiphertextBlob = first.get(KeyId);
  // Without a ciphertext from before there is nothing to decrypt.
  const decrypt = CiphertextBlob ? await refusalOf(() => call('Decrypt', { KeyId, CiphertextBlob })) : encrypt;
  return { encrypt, decrypt };
}

/** Why something is refused; `undefined` where it is not. */
function refusalOf(deed: () => Promise<unknown>): Promise<Refusal | undefined> {
  return deed().then(() => undefined, refusal);
}
