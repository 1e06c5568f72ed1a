// The heading of a page that has nothing else at its top.
import Header from '@cloudscape-design/components/header';
import type { ReactNode } from 'react';

export function PageTitle({ children }: { children: ReactNode }) {
  return <Header variant="h1">{children}</Header>;
}
