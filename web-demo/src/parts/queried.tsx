// The answer to a query, or the reason why it failed.
import type { ReactNode } from 'react';
import type { Query } from '../world/context';
import { Loading } from './loading';
import { Refused } from './refused';

export function Queried<T>({ query, children }: { query: Query<T>; children: (value: T) => ReactNode }) {
  const { value, refusal } = query;
  if (refusal) return <Refused refusal={refusal} />;
  return value === undefined ? <Loading /> : children(value);
}
