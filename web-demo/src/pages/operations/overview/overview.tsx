// All operations of KMS: the pages that teach some of them, and where each is in the playground.
import { useCollection } from '@cloudscape-design/collection-hooks';
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TextFilter from '@cloudscape-design/components/text-filter';
import { OPERATIONS } from '../../../kms/operations-config';
import { Info } from '../../../parts/info';
import { Section } from '../../../parts/section';
import { TitledTable } from '../../../parts/titled-table';
import { operationAddress } from '../../../routes';
import { words } from '../../../words';
import { allOperations } from '../../../words-of-all-operations';
import { TOPICS } from '../topics-config';
import { WHERE, hasDryRun, type Spot } from './where-config';

const { columns } = allOperations;

interface Row {
  operation: string;
  does: string;
  dryRun: string;
  where: readonly Spot[];
}

const ROWS: readonly Row[] = OPERATIONS.map((operation) => ({
  operation,
  does: allOperations.does[operation],
  dryRun: hasDryRun(operation) ? allOperations.dryRuns.yes : allOperations.dryRuns.no,
  where: WHERE[operation],
}));

/** `missing` is the name of an operation that there is not. */
export function Overview({ missing }: { missing: string | undefined }) {
  return (
    <SpaceBetween size="l">
      <Header variant="h1" info={<Info />} description={allOperations.text}>
        {words.operations.title}
      </Header>
      {missing !== undefined && <Alert type="warning">{allOperations.missing(missing)}</Alert>}
      <Section title={allOperations.teach}>
        <ul aria-label={allOperations.teach}>
          {TOPICS.map(({ id, said }) => (
            <li key={id}>
              <Link href={operationAddress(id)}>{said.title}</Link>
            </li>
          ))}
        </ul>
      </Section>
      <AllOperations />
    </SpaceBetween>
  );
}

function AllOperations() {
  const { items, filterProps, collectionProps, filteredItemsCount } = useCollection(ROWS, {
    filtering: { fields: ['operation', 'does'], noMatch: <Box textAlign="center">{allOperations.noMatch}</Box> },
    sorting: { defaultState: { sortingColumn: { sortingField: 'operation' } } },
  });
  return (
    <TitledTable
      {...collectionProps}
      title={allOperations.title}
      items={items}
      trackBy="operation"
      filter={
        <TextFilter
          {...filterProps}
          filteringPlaceholder={allOperations.filter}
          filteringAriaLabel={allOperations.filter}
          countText={words.keys.matches(filteredItemsCount ?? 0)}
        />
      }
      columnDefinitions={[
        { id: 'operation', header: columns.operation, cell: ({ operation }) => <Link href={operationAddress(operation)}>{operation}</Link>, sortingField: 'operation', isRowHeader: true },
        { id: 'does', header: columns.does, cell: ({ does }) => does, minWidth: 220 },
        { id: 'dryRun', header: columns.dryRun, cell: ({ dryRun }) => dryRun, sortingField: 'dryRun' },
        { id: 'where', header: columns.where, cell: ({ where }) => <Spots spots={where} />, minWidth: 200 },
      ]}
    />
  );
}

export function Spots({ spots }: { spots: readonly Spot[] }) {
  return (
    <SpaceBetween size="xxs">
      {spots.map(({ text, address }) => (
        <Link key={text} href={address}>
          {text}
        </Link>
      ))}
    </SpaceBetween>
  );
}
