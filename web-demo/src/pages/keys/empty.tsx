// A table without rows says what to do about it.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { words } from '../../words';

export function Empty({ onCreate }: { onCreate: () => void }) {
  return <Nothing {...words.keys.empty} onAction={onCreate} />;
}

export function NoMatch({ onClear }: { onClear: () => void }) {
  return <Nothing {...words.keys.noMatch} onAction={onClear} />;
}

function Nothing({ title, text, action, onAction }: { title: string; text: string; action: string; onAction: () => void }) {
  return (
    <Box textAlign="center" color="inherit" margin={{ vertical: 'xs' }}>
      <SpaceBetween size="m">
        <div>
          <b>{title}</b>
          <Box variant="p" color="inherit">
            {text}
          </Box>
        </div>
        <Button onClick={onAction}>{action}</Button>
      </SpaceBetween>
    </Box>
  );
}
