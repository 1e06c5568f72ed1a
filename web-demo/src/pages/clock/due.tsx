// The time line: what falls due in a Region or in the whole world, and a way to the instant of each.
import { useCollection } from '@cloudscape-design/collection-hooks';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useCallback, useMemo, useState } from 'react';
import type { Due } from '../../kms/due';
import { actingFor } from '../../kms/places-config';
import { dateTime, duration } from '../../parts/instants';
import { Ticking } from '../../parts/ticking';
import { keyAddress, storeAddress } from '../../routes';
import { PlaceLink } from '../../shell/place-link';
import { useTurn } from '../../shell/turn';
import { words } from '../../words';
import { usePlace } from '../../world/context';

const { due: text } = words.clock;

const PAGE = 10;

/** The tab of a key that tells of it. */
const TABS: Partial<Record<Due['kind'], string>> = { rotation: 'rotation', on_demand_rotation: 'rotation', expiry: 'material', ready: 'regionality' };

interface Cells {
  caller: string;
  busy: boolean;
  onGo(time: number): void;
}

const columns = ({ caller, busy, onGo }: Cells): TableProps.ColumnDefinition<Due>[] => [
  { id: 'time', header: text.time, cell: ({ time }) => dateTime(time), minWidth: 150 },
  { id: 'in', header: text.in, cell: ({ time }) => <Ahead time={time} />, minWidth: 110 },
  { id: 'what', header: text.what, cell: ({ kind }) => text.kinds[kind], minWidth: 130 },
  {
    id: 'key',
    header: text.key,
    cell: (due) => <Subject due={due} caller={caller} />,
    isRowHeader: true,
    minWidth: 240,
  },
  {
    id: 'go',
    header: text.clock,
    cell: (due) => (
      <Button variant="inline-link" disabled={busy} ariaLabel={text.goLabel(text.kinds[due.kind], dateTime(due.time))} onClick={() => onGo(due.time)}>
        {text.go}
      </Button>
    ),
    minWidth: 110,
  },
];

function Ahead({ time }: Pick<Due, 'time'>) {
  return <Ticking>{useCallback((now) => duration(Math.max(0, time - now)), [time])}</Ticking>;
}

/** The key or the key store, or the lag that hides a change. */
function Subject({ due: { place, id, kind }, caller }: { due: Due; caller: string }) {
  if (!place) return id;
  const { region, account } = place;
  return (
    <span className="wrap">
      {`${region} ${account} `}
      <PlaceLink place={{ region, ...actingFor(account, caller) }} address={kind === 'connection' ? storeAddress(id) : keyAddress(id, TABS[kind])}>
        {id}
      </PlaceLink>
    </span>
  );
}

type Scope = 'world' | 'region';

export function DueTable({ due }: { due: readonly Due[] }) {
  const { region, caller } = usePlace();
  const { turn, busy } = useTurn();
  const [scope, setScope] = useState<Scope>('world');
  const shown = useMemo(() => (scope === 'world' ? due : due.filter(({ place }) => place?.region === region)), [due, scope, region]);
  const { items, paginationProps } = useCollection(shown, { pagination: { pageSize: PAGE } });
  return (
    <Table
      items={items}
      columnDefinitions={columns({ caller, busy, onGo: (time) => void turn({ set: time }) })}
      wrapLines
      ariaLabels={{ tableLabel: text.title }}
      header={
        <Header variant="h2" counter={`(${shown.length})`} description={text.text}>
          {text.title}
        </Header>
      }
      filter={
        <SegmentedControl
          label={text.scope}
          selectedId={scope}
          options={[
            { id: 'world', text: text.world },
            { id: 'region', text: text.region(region) },
          ]}
          onChange={({ detail }) => setScope(detail.selectedId as Scope)}
        />
      }
      pagination={<Pagination {...paginationProps} />}
      empty={<Box textAlign="center">{text.nothing}</Box>}
    />
  );
}
