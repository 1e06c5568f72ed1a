// A connection on its way: how far it has come by the world's clock, and the way to its end.
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import { useCallback } from 'react';
import { connectingSince, dueOf } from '../../kms/due';
import { dateTime, duration } from '../../parts/instants';
import { useNow } from '../../parts/now';
import { useTurn } from '../../shell/turn';
import { words } from '../../words';
import { useClient, useQuery } from '../../world/context';
import type { KeyStore } from '../../world/operations';
import type { WorldClient } from '../../world/protocol';

const { progress, states } = words.stores;

export function Progress({ store: { CustomKeyStoreId: id, ConnectionState: state } }: { store: KeyStore }) {
  const client = useClient();
  const now = useNow();
  const { turn, busy } = useTurn();
  const due = useQuery(useCallback(() => underWay(client, id), [client, id])).value;
  if (!due || now === null || (state !== 'CONNECTING' && state !== 'DISCONNECTING')) return null;
  const { since, until } = due;
  const share = until > since ? Math.min(100, Math.max(0, (100 * (now - since)) / (until - since))) : 100;
  return (
    <Alert
      type="info"
      header={states[state]}
      action={
        <Button loading={busy} onClick={() => void turn({ set: until })}>
          {progress.go}
        </Button>
      }
    >
      <ProgressBar
        ariaLabel={progress.title}
        value={share}
        description={progress.until(dateTime(until), duration(Math.max(0, until - now)))}
      />
    </Alert>
  );
}

/** Since when the connection is under way, and until when. */
async function underWay(client: WorldClient, id: string): Promise<{ since: number; until: number } | undefined> {
  const [journal, deadlines] = await Promise.all([client.journal(), client.deadlines()]);
  const until = deadlines.map(dueOf).find((due) => due.id === id)?.time;
  return until === undefined ? undefined : { since: connectingSince(journal, id) ?? until, until };
}
