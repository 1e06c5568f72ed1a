// The columns of the keys that are watched.
import Link from '@cloudscape-design/components/link';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import { withoutPrefix } from '../../kms/alias';
import type { KeySummary } from '../../kms/keys';
import { keyAddress } from '../../routes';
import { words } from '../../words';
import type { Refusal } from '../../world/refusal';
import { KeyStatus } from '../key-status';
import type { Trial } from './trials';

const { watch } = words.managers;

function Ended({ trial, refused }: { trial: Trial | undefined; refused: Refusal | undefined }) {
  if (!trial) return watch.untried;
  if (!refused) return <StatusIndicator>{watch.works}</StatusIndicator>;
  return (
    <StatusIndicator type="error" wrapText>
      <strong>{refused.code}</strong> <span className="wrap">{refused.message === refused.code ? '' : refused.message}</span>
    </StatusIndicator>
  );
}

const EXTERNAL: TableProps.ColumnDefinition<KeySummary> = {
  id: 'external',
  header: watch.columns.external,
  cell: ({ metadata }) => metadata?.XksKeyConfiguration?.Id ?? words.none,
  minWidth: 110,
};

/** Keys in a cluster have no ids of external keys. */
export const columns = (trials: ReadonlyMap<string, Trial>, external: boolean): TableProps.ColumnDefinition<KeySummary>[] => [
  {
    id: 'key',
    header: watch.columns.key,
    cell: ({ id, aliases }) => (
      <span className="wrap">
        <Link href={keyAddress(id)}>{aliases[0] === undefined ? id : withoutPrefix(aliases[0])}</Link>
      </span>
    ),
    isRowHeader: true,
    minWidth: 140,
  },
  ...(external ? [EXTERNAL] : []),
  { id: 'state', header: watch.columns.state, cell: ({ metadata }) => <KeyStatus state={metadata?.KeyState} />, minWidth: 140 },
  { id: 'encrypt', header: 'Encrypt', cell: ({ id }) => <Ended trial={trials.get(id)} refused={trials.get(id)?.encrypt} />, minWidth: 200 },
  { id: 'decrypt', header: 'Decrypt', cell: ({ id }) => <Ended trial={trials.get(id)} refused={trials.get(id)?.decrypt} />, minWidth: 200 },
];
