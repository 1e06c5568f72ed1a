// What the inspector is asked, as an address: a link beside a ciphertext brings all of it along.
import { INSPECT } from '../../routes';

export interface AskedBlob {
  /** In base64. */
  blob: string;
  key: string;
  context: Record<string, string>;
}

export function inspectAddress({ blob, key, context }: AskedBlob): string {
  const asked = new URLSearchParams({ blob });
  if (key !== '') asked.set('key', key);
  if (Object.keys(context).length > 0) asked.set('context', JSON.stringify(context));
  return `${INSPECT}?${asked.toString()}`;
}

/** Reads the part of an address behind the `?`; what somebody has mangled is left out. */
export function askedIn(query: string): AskedBlob {
  const asked = new URLSearchParams(query);
  return { blob: asked.get('blob') ?? '', key: asked.get('key') ?? '', context: contextIn(asked.get('context')) };
}

function contextIn(text: string | null): Record<string, string> {
  try {
    const pairs: unknown = JSON.parse(text ?? '{}');
    if (typeof pairs !== 'object' || pairs === null || Array.isArray(pairs)) return {};
    return Object.fromEntries(Object.entries(pairs).filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
  } catch {
    return {};
  }
}
