// The heading of a page that has nothing else at its top.
import Header from '@cloudscape-design/components/header';
import type { ReactNode } from 'react';
import { Info } from './info';

export function PageTitle({ children }: { children: ReactNode }) {
  return (
    <Header variant="h1" info={<Info />}>
      {children}
    </Header>
  );
}
