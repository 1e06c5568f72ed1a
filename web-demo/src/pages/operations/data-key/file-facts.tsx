// What an encrypted file says of itself, and the file that came out of it.
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useState } from 'react';
import { toText } from '../../../kms/bytes';
import { Output } from '../../../parts/bytes';
import { words } from '../../../words';
import { teaching } from '../../../words-of-teaching';
import { FileLink } from '../file-link';
import { bytesOf, type Header } from './file-form';

const { decrypt } = teaching.envelope;

/** A text that is no longer than this is shown, in bytes. */
const SHOWN = 4096;

export function FileFacts({ header: { name, size, keyId, wrappedKey } }: { header: Header }) {
  return (
    <KeyValuePairs
      columns={2}
      minColumnWidth={150}
      items={[
        { label: decrypt.name, value: <span className="wrap">{name}</span> },
        { label: decrypt.size, value: words.bytes.count(size) },
        { label: decrypt.key, value: <span className="wrap">{keyId}</span> },
        { label: decrypt.wrapped, value: words.bytes.count(wrappedKey.length) },
      ]}
    />
  );
}

export function Plain({ name, blob }: { name: string; blob: Blob }) {
  const text = useText(blob);
  return (
    <SpaceBetween size="s">
      {decrypt.done(name, words.bytes.count(blob.size))}
      {text !== undefined && <Output label={decrypt.content} name={decrypt.content} text={text} />}
      <FileLink name={name} blob={blob} />
    </SpaceBetween>
  );
}

function useText(blob: Blob): string | undefined {
  const [text, setText] = useState<string>();
  useEffect(() => {
    let current = true;
    setText(undefined);
    if (blob.size <= SHOWN) void bytesOf(blob).then((bytes) => current && setText(toText(bytes)));
    return () => {
      current = false;
    };
  }, [blob]);
  return text;
}
