// Whose signatures the proxy takes. Two at once let them be changed without a break (CKS-44).
import Button from '@cloudscape-design/components/button';
import type { TableProps } from '@cloudscape-design/components/table';
import { useMenuOwner } from '../../shell/owner';
import { TitledTable } from '../../parts/titled-table';
import { words } from '../../words';
import type { PartProps } from './panel';

const { credentials: text } = words.managers;

interface Row {
  accessKeyId: string;
}

export function Credentials({ name, proxy: { credentials }, onDone }: PartProps) {
  const { onProxy, busy } = useMenuOwner();
  const remove = async (accessKeyId: string) => {
    if (await onProxy(name, { do: 'removeCredential', accessKeyId }, text.removed(accessKeyId))) onDone();
  };
  const columns: TableProps.ColumnDefinition<Row>[] = [
    { id: 'id', header: text.id, cell: ({ accessKeyId }) => <span className="wrap">{accessKeyId}</span>, isRowHeader: true },
    {
      id: 'remove',
      header: words.managers.act,
      cell: ({ accessKeyId }) => (
        <Button variant="inline-link" disabled={busy} ariaLabel={text.remove(accessKeyId)} onClick={() => void remove(accessKeyId)}>
          {words.remove}
        </Button>
      ),
    },
  ];
  return (
    <TitledTable
      title={text.title}
      about={{ description: text.text }}
      items={credentials}
      columnDefinitions={columns}
      trackBy="accessKeyId"
      empty={text.empty}
    />
  );
}
