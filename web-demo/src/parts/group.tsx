// Several fields under one heading inside of a form: each keeps a label of its own.
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useId, type ReactNode } from 'react';

interface Props {
  title: string;
  text?: string;
  children: ReactNode;
}

export function Group({ title, text, children }: Props) {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id}>
      <SpaceBetween size="xs">
        <div>
          <Box variant="awsui-key-label">
            <span id={id}>{title}</span>
          </Box>
          {text !== undefined && <Box color="text-body-secondary">{text}</Box>}
        </div>
        {children}
      </SpaceBetween>
    </div>
  );
}
