// What is kept of a call so that code can be made of it: nothing that is secret in a request, nor in a reply.
import type { Place } from '../world/protocol';
import { toBase64 } from '../kms/bytes';
import type { Recorded, Told } from './steps';
import { FromEnvironment, FromFile, isList, isMembers, type Members, type Value } from './values';

/** Members of requests that code reads from elsewhere. */
const ELSEWHERE: Readonly<Record<string, Value>> = {
  KeyStorePassword: new FromEnvironment('KEY_STORE_PASSWORD'),
  RawSecretAccessKey: new FromEnvironment('XKS_PROXY_SECRET_ACCESS_KEY'),
  // It was wrapped under a public key that KMS gives only once.
  EncryptedKeyMaterial: new FromFile('encrypted-key-material.bin'),
};

/** Members of replies that other requests take: ids, ARNs, tokens and markers. */
const NAMES = /(Id|Arn|Token|Marker)$/;

/** Bytes of replies that nobody should keep, and an id that names nothing. */
const LEFT_OUT: ReadonlySet<string> = new Set(['Plaintext', 'PrivateKeyPlaintext', 'SharedSecret', 'AWSAccountId']);

interface Made {
  operation: string;
  /** As it was sent. */
  input: unknown;
  /** `undefined` for a call that was refused. */
  output?: unknown;
  place: Place;
  refused: string | undefined;
}

export function recorded({ operation, input, output, place, refused }: Made): Recorded {
  const { region, caller, session, origin } = place;
  return {
    operation,
    input: withoutSecrets((input ?? {}) as Members) as Members,
    told: output === undefined ? [] : told(output as Value, []),
    region,
    caller,
    hasMore: session !== undefined || origin !== undefined,
    refused,
  };
}

function withoutSecrets(value: Value): Value {
  if (isList(value)) return value.map(withoutSecrets);
  if (!isMembers(value)) return value;
  const given = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(given.map(([name, part]) => [name, ELSEWHERE[name] ?? withoutSecrets(part)]));
}

/** Lists are left out: nobody knows which of their entries a person meant. */
function told(value: Value, path: readonly string[]): Told[] {
  const name = path.at(-1) ?? '';
  if (LEFT_OUT.has(name)) return [];
  if (value instanceof Uint8Array) return [{ path, text: toBase64(value), isBytes: true }];
  if (typeof value === 'string') return NAMES.test(name) ? [{ path, text: value, isBytes: false }] : [];
  if (value === null || isList(value) || !isMembers(value)) return [];
  return Object.entries(value).flatMap(([name, part]) => told(part, [...path, name]));
}
