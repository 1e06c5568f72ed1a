// A text that goes with the world's time: it is renewed every second, and nothing around it.
import type { ReactNode } from 'react';
import { useNow } from './now';

export function Ticking({ children }: { children: (now: number) => ReactNode }) {
  const now = useNow();
  return now === null ? null : children(now);
}
