// Saves the records that are shown, as CloudTrail's console does: as JSON, or as a table.
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import { userName, type Numbered } from '../../kms/records';
import { words } from '../../words';

const { history } = words;

const ITEMS = [
  { id: 'json', text: history.downloads.json },
  { id: 'csv', text: history.downloads.csv },
];

export function SaveRecords({ records }: { records: readonly Numbered[] }) {
  return (
    <ButtonDropdown items={ITEMS} disabled={records.length === 0} onItemClick={({ detail }) => save(detail.id === 'csv' ? csv(records) : json(records), `event_history.${detail.id}`)}>
      {history.downloads.title}
    </ButtonDropdown>
  );
}

function json(records: readonly Numbered[]): string {
  return JSON.stringify({ Records: records.map(({ record }) => record) }, null, 2);
}

function csv(records: readonly Numbered[]): string {
  const lines = records.map(({ record }) => [
    record.eventTime,
    userName(record),
    record.eventSource,
    record.eventName,
    (record.resources ?? []).map(({ ARN }) => ARN).join(' '),
    record.errorCode ?? '',
    record.awsRegion,
    record.eventID,
  ]);
  return [history.downloads.columns, ...lines].map((line) => line.map(cell).join(',')).join('\r\n');
}

/** In quotes, and never a formula of a spreadsheet. */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}

function save(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text]));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
