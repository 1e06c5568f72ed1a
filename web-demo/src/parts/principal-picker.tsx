// Users and roles to choose from a table with a search, and below it others by their ARNs.
import { useCollection } from '@cloudscape-design/collection-hooks';
import Box from '@cloudscape-design/components/box';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useMemo, useState, type KeyboardEvent } from 'react';
import { candidatesOf, type Candidate } from '../kms/candidates';
import { useAccounts } from '../shell/directory';
import { words } from '../words';
import { usePlace } from '../world/context';
import { TextList } from './text-list';

const { picker } = words;
const { columns, types } = words.policy.views;

/** A longer table would bury what follows it. */
const PAGE = 10;

const COLUMNS: TableProps.ColumnDefinition<Candidate>[] = [
  { id: 'name', header: columns.name, cell: ({ name }) => <span className="wrap">{name}</span>, sortingField: 'name', isRowHeader: true },
  { id: 'path', header: columns.path, cell: ({ path }) => path, sortingField: 'path' },
  { id: 'type', header: columns.type, cell: ({ kind }) => types[kind], sortingField: 'kind' },
];

interface Props {
  /** What they are to become, such as `Key administrators`. */
  title: string;
  label: string;
  placeholder: string;
  add: string;
  values: readonly string[];
  /** Who is not offered. */
  without?: readonly string[];
  /** What is wrong with a typed ARN. */
  faultOf(arn: string): string | undefined;
  onChange(arns: string[]): void;
}

export function PrincipalPicker({ title, values, without = NOBODY, onChange, ...list }: Props) {
  const accounts = useAccounts();
  const place = usePlace();
  const candidates = useMemo(() => candidatesOf(accounts, place).filter(({ arn }) => !without.includes(arn)), [accounts, place, without]);
  // A typed ARN stays where it is typed, also once it names somebody in the table.
  const [typed, setTyped] = useState(() => values.filter((value) => !candidates.some(({ arn }) => arn === value)));
  const become = (chosen: readonly string[], typed: readonly string[]) => {
    setTyped([...typed]);
    onChange([...chosen.filter((arn) => !typed.includes(arn)), ...typed]);
  };
  const chosen = values.filter((value) => !typed.includes(value));
  return (
    <SpaceBetween size="m">
      <Candidates
        title={title}
        candidates={candidates}
        selected={values}
        onChange={(arns) => {
          const isOffered = (value: string) => candidates.some(({ arn }) => arn === value);
          become(
            [...chosen.filter((arn) => !isOffered(arn)), ...arns],
            typed.filter((arn) => !isOffered(arn) || arns.includes(arn)),
          );
        }}
      />
      <TextList {...list} empty={picker.noOthers} values={typed} onChange={(texts) => become(chosen, texts)} />
    </SpaceBetween>
  );
}

const NOBODY: readonly string[] = [];

interface CandidatesProps {
  title: string;
  candidates: readonly Candidate[];
  selected: readonly string[];
  onChange(arns: string[]): void;
}

function Candidates({ title, candidates, selected, onChange }: CandidatesProps) {
  const { items, collectionProps, filterProps, paginationProps, filteredItemsCount } = useCollection(candidates, {
    filtering: { fields: ['name', 'path', 'arn'], empty: <Box textAlign="center">{picker.empty}</Box>, noMatch: <Box textAlign="center">{picker.noMatch}</Box> },
    pagination: { pageSize: PAGE },
    sorting: { defaultState: { sortingColumn: { sortingField: 'name' } } },
  });
  const label = picker.search(title);
  return (
    <div onKeyDown={notSubmit}>
      <Table
        {...collectionProps}
        variant="embedded"
        items={items}
        columnDefinitions={COLUMNS}
        trackBy="arn"
        wrapLines
        selectionType="multi"
        selectedItems={candidates.filter(({ arn }) => selected.includes(arn))}
        onSelectionChange={({ detail }) => onChange(detail.selectedItems.map(({ arn }) => arn))}
        ariaLabels={{
          tableLabel: picker.table(title),
          selectionGroupLabel: words.directory.selection(title),
          allItemsSelectionLabel: () => words.policy.views.selectAll(title),
          itemSelectionLabel: (_, { name }) => words.directory.select(name),
        }}
        filter={
          <TextFilter {...filterProps} filteringPlaceholder={picker.placeholder} filteringAriaLabel={label} countText={words.keys.matches(filteredItemsCount ?? 0)} />
        }
        {...(candidates.length > PAGE ? { pagination: <Pagination {...paginationProps} /> } : {})}
      />
    </div>
  );
}

/** In a dialog, Enter submits; in a search, it has nothing to do with what was chosen. */
function notSubmit(event: KeyboardEvent): void {
  if (event.key === 'Enter' && event.target instanceof HTMLInputElement && event.target.type === 'search') event.preventDefault();
}
