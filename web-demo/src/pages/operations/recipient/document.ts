// An attestation document as one reads it: COSE_Sign1 (RFC 9052) around the fields of the Nitro hypervisor, in CBOR.
import { decode } from 'cborg';
import { recipientWords } from '../../../words-of-recipient';

/** The tag that a COSE_Sign1 message may have. */
const SIGN1 = 18;

export interface AttestationDocument {
  algorithm: number;
  moduleId: string;
  /** In milliseconds since 1970, by the clock of the maker. */
  timestamp: number;
  digest: string;
  registers: ReadonlyMap<number, Uint8Array>;
  certificate: Uint8Array;
  chain: readonly Uint8Array[];
  publicKey: Uint8Array | null;
  nonce: Uint8Array | null;
  userData: Uint8Array | null;
  signature: Uint8Array;
}

/** Reads what an enclave of this world has made; KMS alone judges whether to believe it. */
export function readDocument(bytes: Uint8Array): AttestationDocument {
  const message = read(bytes);
  if (!Array.isArray(message) || message.length !== 4) throw new Error(recipientWords.attest.unreadable);
  const [header, , payload, signature] = message as [Uint8Array, unknown, Uint8Array, Uint8Array];
  const fields = read(payload) as ReadonlyMap<string, never>;
  const algorithm = (read(header) as ReadonlyMap<number, number>).get(1) ?? 0;
  return {
    algorithm,
    signature,
    moduleId: fields.get('module_id') ?? '',
    timestamp: Number(fields.get('timestamp')),
    digest: fields.get('digest') ?? '',
    registers: fields.get('pcrs') ?? new Map<number, Uint8Array>(),
    certificate: fields.get('certificate') ?? new Uint8Array(),
    chain: fields.get('cabundle') ?? [],
    publicKey: fields.get('public_key') ?? null,
    nonce: fields.get('nonce') ?? null,
    userData: fields.get('user_data') ?? null,
  };
}

function read(bytes: Uint8Array): unknown {
  return decode(bytes, { useMaps: true, tags: { [SIGN1]: (inner) => inner() } });
}
