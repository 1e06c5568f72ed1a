// The call behind a record: why it was allowed or refused, the same as code, and the rows that it has changed.
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback } from 'react';
import { callOf } from '../../kms/denial';
import type { TrailRecord } from '../../kms/records';
import { Section } from '../../parts/section';
import { TitledTable } from '../../parts/titled-table';
import { Told } from '../../parts/told';
import { words } from '../../words';
import { useCalls, useClient, useQuery } from '../../world/context';
import { COLUMNS, row } from '../journal/table-config';

const { behind: text } = words.history;

export function Behind({ record: { requestID } }: { record: TrailRecord }) {
  const client = useClient();
  const made = useCalls().find(({ requestId }) => requestID !== undefined && requestId === requestID);
  const { value: denied } = useQuery(
    useCallback(async () => {
      const denial = (await client.denials()).find(({ requestId }) => requestId === requestID);
      return denial && callOf(denial);
    }, [client, requestID]),
  );
  const call = made ?? denied;
  const { value: changes = [] } = useQuery(
    useCallback(async () => {
      const journal = await client.journal();
      return journal.filter(({ requestId }) => requestID !== undefined && requestId === requestID).map(row);
    }, [client, requestID]),
  );
  return (
    <SpaceBetween size="l">
      <Section title={text.title} description={text.text}>
        {call ? <Told calls={[call]} linked={false} /> : requestID === undefined ? text.noCall : text.elsewhere}
      </Section>
      <TitledTable title={text.changes} items={changes} columnDefinitions={CHANGES} trackBy="number" empty={text.noChange} />
    </SpaceBetween>
  );
}

/** Time and operation are those of the record. */
const CHANGES = COLUMNS.filter(({ id }) => id !== 'time' && id !== 'operation');
