// Why the connection failed, and what to do about it.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import { words } from '../../words';
import type { KeyStore } from '../../world/operations';

const { failed, codes } = words.stores;

export function Failed({ store: { ConnectionErrorCode: code } }: { store: KeyStore }) {
  if (code === undefined) return null;
  const told = codes[code];
  return (
    <Alert type="error" header={failed.title(code)}>
      {told && (
        <>
          <Box variant="p">{told.what}</Box>
          <Box variant="p">{told.mend}</Box>
        </>
      )}
      <Box variant="p">{failed.again}</Box>
    </Alert>
  );
}
