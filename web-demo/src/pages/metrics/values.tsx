// The values of a chart as a table, for who reads better than looks.
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { dimensionsOf, type Series } from '../../kms/metrics';
import { dateTime } from '../../parts/instants';
import { words } from '../../words';

const { metrics: text } = words;

/** More would bury the page. */
const MOST = 200;

interface Row {
  id: string;
  dimensions: string;
  time: Date;
  value: number;
}

const COLUMNS: TableProps.ColumnDefinition<Row>[] = [
  { id: 'dimensions', header: text.dimensions, cell: ({ dimensions }) => <span className="wrap">{dimensions}</span>, isRowHeader: true },
  { id: 'time', header: text.time, cell: ({ time }) => dateTime(time) },
  { id: 'value', header: text.value, cell: ({ value }) => value.toLocaleString('en-US') },
];

export function Values({ name, series }: { name: string; series: readonly Series[] }) {
  const rows = series
    .flatMap((one) => one.data.map(({ time, value }) => ({ id: `${dimensionsOf(one)} ${time.getTime()}`, dimensions: dimensionsOf(one), time, value })))
    .sort((one, other) => other.time.getTime() - one.time.getTime());
  return (
    <ExpandableSection headerText={text.values}>
      <Table variant="embedded" wrapLines items={rows.slice(0, MOST)} columnDefinitions={COLUMNS} trackBy="id" ariaLabels={{ tableLabel: text.valuesOf(name) }} />
    </ExpandableSection>
  );
}
