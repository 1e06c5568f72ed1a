// Two parts of a page side by side, or one above the other where the screen is narrow.
import Grid from '@cloudscape-design/components/grid';
import type { ReactNode } from 'react';

const HALVES = [{ colspan: { default: 12, xs: 6 } }, { colspan: { default: 12, xs: 6 } }];

export function Halves({ children }: { children: [ReactNode, ReactNode] }) {
  return <Grid gridDefinition={HALVES}>{children}</Grid>;
}
