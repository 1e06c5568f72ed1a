// What the event history shows: attributes of records, a length of time, and whether of all accounts and Regions.
import PropertyFilter, { type PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import { useMemo } from 'react';
import { words } from '../../words';
import { FIXED_OPTIONS, PROPERTIES, RANGES } from './filter';
import type { Row } from './table-config';

const { history } = words;

export interface Choice {
  query: PropertyFilterProps.Query;
  range: string;
  /** Whether every account and Region is meant, and not only that of the caller. */
  everywhere: boolean;
}

interface Props {
  choice: Choice;
  /** Their values are suggested. */
  rows: readonly Row[];
  onChange(change: Partial<Choice>): void;
}

const RANGE_OPTIONS = RANGES.map(({ value }) => ({ value, label: history.ranges[value] ?? value }));

export function Filters({ choice, rows, onChange }: Props) {
  const options = useMemo(() => [...FIXED_OPTIONS, ...suggested(rows)], [rows]);
  return (
    <SpaceBetween size="s">
      <PropertyFilter
        query={choice.query}
        filteringProperties={PROPERTIES}
        filteringOptions={options}
        disableFreeTextFiltering
        hideOperations
        filteringPlaceholder={history.filter}
        filteringAriaLabel={history.filter}
        filteringEmpty={history.noAttribute}
        onChange={({ detail }) => onChange({ query: detail })}
      />
      <SpaceBetween direction="horizontal" size="m" alignItems="center">
        <Select
          ariaLabel={history.range}
          selectedOption={RANGE_OPTIONS.find(({ value }) => value === choice.range) ?? null}
          options={RANGE_OPTIONS}
          onChange={({ detail }) => onChange({ range: detail.selectedOption.value ?? 'all' })}
        />
        <Toggle checked={choice.everywhere} onChange={({ detail }) => onChange({ everywhere: detail.checked })}>
          {history.everywhere}
        </Toggle>
      </SpaceBetween>
    </SpaceBetween>
  );
}

function suggested(rows: readonly Row[]): PropertyFilterProps.FilteringOption[] {
  const values = (propertyKey: string, of: (row: Row) => string) =>
    [...new Set(rows.map(of))].filter((value) => value !== '').map((value) => ({ propertyKey, value }));
  return [...values('operation', ({ name }) => name), ...values('error', ({ error }) => error), ...values('key', ({ resource }) => resource.split(', ')[0] ?? '')];
}
