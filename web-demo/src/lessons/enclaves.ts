// Enclaves that a lesson has started. They end with the page that has the world open, and are started again when the lesson goes on.
import type { EnclaveOptions } from 'pocket-kms';
import type { WorldClient } from '../world/protocol';
import type { Values } from './values';

/** No step can have this name. */
const ENCLAVES = '$enclaves';

interface Started {
  id: string;
  wish: EnclaveOptions;
}

type StartedByName = Readonly<Record<string, Started>>;

function startedIn(values: Values): StartedByName {
  return (values[ENCLAVES] ?? {}) as StartedByName;
}

/** The name then stands for what requests have as `Recipient`. */
export async function withEnclave(name: string, wish: EnclaveOptions, values: Values, client: WorldClient): Promise<Values> {
  const { id } = await client.startEnclave(wish, name);
  const recipient = await client.recipient(id);
  return { ...values, [name]: recipient, [ENCLAVES]: { ...startedIn(values), [name]: { id, wish } } };
}

/** Starts those again that have ended. */
export async function revived(values: Values, client: WorldClient): Promise<Values> {
  let alive = values;
  for (const [name, { id, wish }] of Object.entries(startedIn(values))) {
    const runs = await client.recipient(id).then(
      () => true,
      () => false,
    );
    if (!runs) alive = await withEnclave(name, wish, alive, client);
  }
  return alive;
}

export async function unwrapped(input: Record<string, unknown>, values: Values, client: WorldClient): Promise<object> {
  const { Enclave, CiphertextForRecipient } = input as { Enclave: string; CiphertextForRecipient: Uint8Array };
  const id = startedIn(values)[Enclave]?.id ?? Enclave;
  return { Plaintext: await client.unwrapIn(id, CiphertextForRecipient) };
}
