// The columns of the table of grants.
import type { TableProps } from '@cloudscape-design/components/table';
import { constraintTexts, granteeOf, retiringOf } from '../../../kms/grants';
import { dateTime } from '../../../parts/instants';
import { words } from '../../../words';
import type { Grant } from '../../../world/operations';

const { columns } = words.grants;

const wrapped = (text: string | undefined) => <span className="wrap">{text || words.none}</span>;

export const GRANT_COLUMNS: TableProps.ColumnDefinition<Grant>[] = [
  { id: 'id', header: columns.id, cell: ({ GrantId }) => wrapped(GrantId), isRowHeader: true, minWidth: 200 },
  { id: 'name', header: columns.name, cell: ({ Name }) => wrapped(Name) },
  { id: 'grantee', header: columns.grantee, cell: (grant) => wrapped(granteeOf(grant)), minWidth: 220 },
  { id: 'operations', header: columns.operations, cell: ({ Operations }) => wrapped(Operations.join(', ')), minWidth: 160 },
  {
    id: 'constraints',
    header: columns.constraints,
    cell: (grant) => wrapped(constraintTexts(grant).join('\n') || undefined),
    minWidth: 180,
  },
  { id: 'retiring', header: columns.retiring, cell: (grant) => wrapped(retiringOf(grant)), minWidth: 200 },
  { id: 'issuer', header: columns.issuer, cell: ({ IssuingAccount }) => wrapped(IssuingAccount), minWidth: 180 },
  { id: 'created', header: columns.created, cell: ({ CreationDate }) => dateTime(CreationDate), minWidth: 150 },
];
