// What stands out in the records of the account, each with the records that prove it.
import Link from '@cloudscape-design/components/link';
import type { TableProps } from '@cloudscape-design/components/table';
import { useCallback } from 'react';
import { accountOf } from '../../kms/places-config';
import { findings, type Finding } from '../../kms/usage';
import { dateTime } from '../../parts/instants';
import { Queried } from '../../parts/queried';
import { TitledTable } from '../../parts/titled-table';
import { recordAddress } from '../../routes';
import { words } from '../../words';
import { useClient, usePlace, useQuery } from '../../world/context';

const { findings: text } = words.privilege;

/** More links would say no more. */
const MOST = 3;

const COLUMNS: TableProps.ColumnDefinition<Finding>[] = [
  { id: 'sentence', header: text.finding, cell: ({ sentence }) => sentence, isRowHeader: true, minWidth: 220 },
  { id: 'subject', header: text.subject, cell: ({ subject }) => <span className="wrap">{subject}</span>, minWidth: 200 },
  { id: 'times', header: text.times, cell: ({ times }) => times },
  { id: 'last', header: text.last, cell: ({ last }) => dateTime(Date.parse(last)), minWidth: 150 },
  { id: 'records', header: text.records, cell: (finding) => <Proof finding={finding} />, minWidth: 140 },
];

export function Findings({ looked }: { looked: number }) {
  const client = useClient();
  const { caller, region } = usePlace();
  const query = useQuery(
    useCallback(async () => ({ looked, found: await findings(client, { account: accountOf(caller), region }) }), [client, caller, region, looked]),
  );
  return (
    <Queried query={query}>
      {({ found }) => <TitledTable title={text.title} about={{ description: text.text }} items={found} columnDefinitions={COLUMNS} empty={text.none} />}
    </Queried>
  );
}

function Proof({ finding: { records, finding, subject } }: { finding: Finding }) {
  return (
    <>
      {records.slice(0, MOST).map((id, at) => (
        <div key={id}>
          <Link href={recordAddress(id)} ariaLabel={text.proofOf(finding, subject, at + 1)}>
            {text.proof(at + 1)}
          </Link>
        </div>
      ))}
    </>
  );
}
