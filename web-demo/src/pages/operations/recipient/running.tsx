// The enclaves that run now.
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Refused } from '../../../parts/refused';
import { TitledTable } from '../../../parts/titled-table';
import { useAct } from '../../../shell/notifications';
import { recipientWords } from '../../../words-of-recipient';
import { useClient } from '../../../world/context';
import type { RunningEnclave } from '../../../world/enclaves';

const { enclaves: said } = recipientWords;

export function Running({ enclaves }: { enclaves: readonly RunningEnclave[] }) {
  const client = useClient();
  const { act, refused } = useAct();
  return (
    <SpaceBetween size="s">
      <TitledTable
        title={said.title}
        about={{ description: said.text }}
        items={enclaves}
        trackBy="id"
        empty={said.empty}
        columnDefinitions={[
          { id: 'name', header: said.columns.name, cell: ({ name }) => <span className="wrap">{name}</span>, isRowHeader: true },
          { id: 'id', header: said.columns.id, cell: ({ id }) => <span className="wrap">{id}</span> },
          {
            id: 'stop',
            header: said.columns.stop,
            cell: ({ id, name }) => (
              <Button variant="inline-link" ariaLabel={said.stopOf(name)} onClick={() => void act(() => client.stopEnclave(id))}>
                {said.stop}
              </Button>
            ),
          },
        ]}
      />
      <Refused refusal={refused} />
    </SpaceBetween>
  );
}
