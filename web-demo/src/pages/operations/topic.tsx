// The frame of a page that teaches: its name, what it is for, and what stands in it.
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { Info } from '../../parts/info';

export function Topic({ said: { title, text }, children }: { said: { title: string; text: string }; children: ReactNode }) {
  return (
    <SpaceBetween size="l">
      <Header variant="h1" info={<Info />} description={text}>
        {title}
      </Header>
      {children}
    </SpaceBetween>
  );
}
