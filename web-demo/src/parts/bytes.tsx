// Bytes that KMS gave: base64, their number, and a button that copies them.
import Box from '@cloudscape-design/components/box';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { isCiphertext, toBase64 } from '../kms/bytes';
import { words } from '../words';
import { Code } from './code';
import { InspectBytes } from './inspect-link';

export function Bytes({ label, bytes }: { label: string; bytes: Uint8Array }) {
  const output = <Output label={`${label} (${words.bytes.count(bytes.length)})`} name={label} text={toBase64(bytes)} />;
  if (!isCiphertext(bytes)) return output;
  return (
    <SpaceBetween size="xxs">
      {output}
      <InspectBytes blob={bytes} name={label} />
    </SpaceBetween>
  );
}

/** A result in a box of its own; `name` says what is copied. */
export function Output({ label, name, text }: { label: string; name: string; text: string }) {
  return (
    <SpaceBetween size="xxs">
      <SpaceBetween direction="horizontal" size="xs" alignItems="center">
        <Box variant="awsui-key-label">{label}</Box>
        <CopyToClipboard
          variant="icon"
          textToCopy={text}
          copyButtonAriaLabel={words.bytes.copy(name)}
          copySuccessText={words.bytes.copied}
          copyErrorText={words.bytes.notCopied}
        />
      </SpaceBetween>
      <Code label={name} text={text} />
    </SpaceBetween>
  );
}
