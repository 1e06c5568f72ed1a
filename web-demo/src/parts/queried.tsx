// The answer to a query, or the reason why it failed.
import Alert from '@cloudscape-design/components/alert';
import type { ReactNode } from 'react';
import type { Query } from '../world/context';
import { Loading } from './loading';

export function Queried<T>({ query, children }: { query: Query<T>; children: (value: T) => ReactNode }) {
  const { value, refusal } = query;
  if (refusal) {
    return (
      <Alert type="error" header={refusal.code}>
        {refusal.message}
      </Alert>
    );
  }
  return value === undefined ? <Loading /> : children(value);
}
