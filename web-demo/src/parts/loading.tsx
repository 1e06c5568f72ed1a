// Something is on its way.
import Box from '@cloudscape-design/components/box';
import Spinner from '@cloudscape-design/components/spinner';
import { words } from '../words';

export function Loading() {
  return (
    <Box textAlign="center" padding="xxl" color="text-status-inactive">
      <Spinner size="large" /> <span>{words.loading}</span>
    </Box>
  );
}
