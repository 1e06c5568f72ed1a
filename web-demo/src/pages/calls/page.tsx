// The calls that this page has made, the newest first, each with why it was allowed or refused.
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import { useMemo, useState } from 'react';
import { CodeButton } from '../../parts/as-code/as-code';
import { FullTable } from '../../parts/full-table';
import { words } from '../../words';
import { useApi, useCalls } from '../../world/context';
import { Denials } from './denials';
import { COLUMNS, row } from './table-config';

/** What the filter looks into. */
const FILTERED = ['operation', 'caller', 'region', 'outcome'] as const;

export default function CallsPage() {
  const api = useApi();
  if (api === null) return <CallTable />;
  return (
    <SpaceBetween size="l">
      <CallTable />
      <Denials />
    </SpaceBetween>
  );
}

function CallTable() {
  const calls = useCalls();
  const [refusedOnly, setRefusedOnly] = useState(false);
  const api = useApi();
  // The calls that the page makes for its own tables teach nobody anything.
  const acted = useMemo(() => calls.filter(({ acted }) => acted), [calls]);
  const rows = useMemo(() => calls.filter(({ code }) => !refusedOnly || code !== undefined).map(row), [calls, refusedOnly]);
  return (
    <FullTable
      said={words.calls}
      rows={rows}
      columns={COLUMNS}
      trackBy="number"
      sortedBy="number"
      descending
      fields={FILTERED}
      more={{ resizableColumns: true }}
      actions={<CodeButton calls={acted} api={api} variant="normal" text={words.code.lesson} name={words.code.lesson} disabled={acted.length === 0} />}
      beside={
        <Toggle checked={refusedOnly} onChange={({ detail }) => setRefusedOnly(detail.checked)}>
          {words.calls.refusedOnly}
        </Toggle>
      }
    />
  );
}
