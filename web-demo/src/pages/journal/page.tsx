// The journal: every change of every row, in the order in which they were applied.
import { useCallback, useMemo } from 'react';
import { FullTable } from '../../parts/full-table';
import { words } from '../../words';
import { useClient, useQuery } from '../../world/context';
import { COLUMNS, row } from './table-config';

export default function JournalPage() {
  const client = useClient();
  const { value, loading } = useQuery(useCallback(() => client.journal(), [client]), ['journal']);
  const rows = useMemo(() => value?.map(row) ?? [], [value]);
  return (
    <FullTable
      said={words.journal}
      rows={rows}
      columns={COLUMNS}
      trackBy="number"
      sortedBy="number"
      descending
      loading={loading}
      more={{ resizableColumns: true, cellVerticalAlign: 'top' }}
    />
  );
}
