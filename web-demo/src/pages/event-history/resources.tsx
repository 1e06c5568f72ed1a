// The resources that a record references.
import Link from '@cloudscape-design/components/link';
import type { TableProps } from '@cloudscape-design/components/table';
import { accountOf } from '../../kms/places-config';
import type { Resource } from '../../kms/records';
import { TitledTable } from '../../parts/titled-table';
import { keyAddress } from '../../routes';
import { words } from '../../words';
import { usePlace } from '../../world/context';

const { resources: text } = words.history;

export function Resources({ resources, region }: { resources: readonly Resource[]; region: string }) {
  const place = usePlace();
  const isHere = region === place.region;
  const columns: TableProps.ColumnDefinition<Resource>[] = [
    { id: 'type', header: text.type, cell: ({ type }) => type },
    {
      id: 'name',
      header: text.name,
      cell: ({ ARN, accountId }) => <Name arn={ARN} linked={isHere && accountId === accountOf(place.caller)} />,
      isRowHeader: true,
      minWidth: 300,
    },
    { id: 'account', header: text.account, cell: ({ accountId }) => accountId },
  ];
  return <TitledTable title={text.title} items={resources} columnDefinitions={columns} empty={text.empty} />;
}

/** A key of this account and Region has a page. */
function Name({ arn, linked }: { arn: string; linked: boolean }) {
  const [, keyId] = arn.split(':key/');
  const name = <span className="wrap">{arn}</span>;
  return linked && keyId !== undefined ? <Link href={keyAddress(keyId)}>{name}</Link> : name;
}
