// A table under its title, which says how many rows there are, and in their place that there are none.
import Box from '@cloudscape-design/components/box';
import Header, { type HeaderProps } from '@cloudscape-design/components/header';
import Table, { type TableProps } from '@cloudscape-design/components/table';

interface Props<Row> extends TableProps<Row> {
  title: string;
  /** What the table is about, and what can be done with it as a whole. */
  about?: Pick<HeaderProps, 'description' | 'actions'>;
}

export function TitledTable<Row>({ title, about, empty, ...table }: Props<Row>) {
  const header = (
    <Header variant="h2" counter={`(${table.items.length})`} {...about}>
      {title}
    </Header>
  );
  return (
    <Table
      wrapLines
      ariaLabels={{ tableLabel: title }}
      header={header}
      empty={empty && <Box textAlign="center">{empty}</Box>}
      {...table}
    />
  );
}
