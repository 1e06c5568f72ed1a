// A table without rows says what to do about it.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { Code } from '../../parts/code';
import { words } from '../../words';
import { useApi } from '../../world/context';

export function Empty({ onCreate }: { onCreate: () => void }) {
  const api = useApi();
  return (
    <Nothing {...words.keys.empty} onAction={onCreate}>
      {api && (
        <>
          {words.keys.byApi}
          <Code label={words.keys.byApi} text={words.keys.cli(api)} />
        </>
      )}
    </Nothing>
  );
}

export function NoMatch({ onClear }: { onClear: () => void }) {
  return <Nothing {...words.keys.noMatch} onAction={onClear} />;
}

interface Props {
  title: string;
  text: string;
  action: string;
  onAction(): void;
  children?: ReactNode;
}

function Nothing({ title, text, action, onAction, children }: Props) {
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
        {children}
      </SpaceBetween>
    </Box>
  );
}
