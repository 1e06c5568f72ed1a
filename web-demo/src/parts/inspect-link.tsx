// The way from a ciphertext to the inspector, with the key and the encryption context that go with it.
import Link from '@cloudscape-design/components/link';
import { toBase64 } from '../kms/bytes';
import { inspectAddress } from '../pages/inspect/asked';
import { words } from '../words';
import type { MadeCall } from '../world/protocol';

const { outcome: text } = words;

/** The members of the requests that decrypt: the ciphertext's key, and its encryption context. */
const MEMBERS: Readonly<Record<string, { key: string; context: string }>> = {
  Decrypt: { key: 'KeyId', context: 'EncryptionContext' },
  ReEncrypt: { key: 'SourceKeyId', context: 'SourceEncryptionContext' },
};

/** The codes behind which a ciphertext, its key or its context may not be the one that was meant. */
const CODES: ReadonlySet<string> = new Set(['InvalidCiphertextException', 'IncorrectKeyException', 'NotFoundException', 'AccessDeniedException', 'KMSInvalidStateException']);

/** Shows nothing but for a Decrypt or a ReEncrypt that was refused with a ciphertext in it. */
export function InspectLink({ call: { operation, code, recorded } }: { call: MadeCall }) {
  const members = MEMBERS[operation];
  const blob = recorded?.input.CiphertextBlob;
  if (!members || code === undefined || !CODES.has(code) || !(blob instanceof Uint8Array)) return null;
  const key = recorded?.input[members.key];
  const context = recorded?.input[members.context];
  const asked = { key: typeof key === 'string' ? key : '', context: (context ?? {}) as Record<string, string> };
  return <Link href={inspectAddress({ blob: toBase64(blob), ...asked })}>{text.inspect}</Link>;
}

/** The same beside a ciphertext that KMS gave. */
export function InspectBytes({ blob, name }: { blob: Uint8Array; name: string }) {
  return (
    <Link href={inspectAddress({ blob: toBase64(blob), key: '', context: {} })} ariaLabel={text.inspectOf(name)}>
      {text.inspect}
    </Link>
  );
}
