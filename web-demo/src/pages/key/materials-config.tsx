// The columns of the table of key materials.
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import { Expiry } from '../../parts/expiry';
import { dateTime } from '../../parts/instants';
import { words } from '../../words';
import type { KeyMaterial, KeyMaterialState } from '../../world/operations';

const { list, states, presence, first } = words.material;
const { columns } = list;

const LOOKS: Record<KeyMaterialState, StatusIndicatorProps.Type> = {
  CURRENT: 'success',
  NON_CURRENT: 'stopped',
  PENDING_ROTATION: 'pending',
  PENDING_MULTI_REGION_IMPORT_AND_ROTATION: 'pending',
};

/** The first key material came by no rotation, and one that waits has not come yet. */
function since({ RotationDate, KeyMaterialState }: KeyMaterial): string {
  if (RotationDate) return dateTime(RotationDate);
  return KeyMaterialState.startsWith('PENDING') ? words.none : first;
}

export const MATERIAL_COLUMNS: TableProps.ColumnDefinition<KeyMaterial>[] = [
  {
    id: 'material',
    header: columns.material,
    cell: ({ KeyMaterialId }) => <span className="wrap">{KeyMaterialId}</span>,
    isRowHeader: true,
    minWidth: 220,
  },
  {
    id: 'state',
    header: columns.state,
    cell: ({ KeyMaterialState: state }) => <StatusIndicator type={LOOKS[state]}>{states[state]}</StatusIndicator>,
    minWidth: 150,
  },
  {
    id: 'presence',
    header: columns.presence,
    cell: ({ ImportState }) =>
      ImportState ? (
        <StatusIndicator type={ImportState === 'IMPORTED' ? 'success' : 'warning'}>{presence[ImportState]}</StatusIndicator>
      ) : (
        words.none
      ),
    minWidth: 140,
  },
  { id: 'expires', header: columns.expires, cell: (material) => (material.ImportState === 'IMPORTED' ? <Expiry {...material} /> : words.none), minWidth: 150 },
  { id: 'description', header: columns.description, cell: ({ KeyMaterialDescription }) => KeyMaterialDescription || words.none, minWidth: 140 },
  { id: 'since', header: columns.since, cell: since, minWidth: 150 },
];
