// The records that the event history shows. Calls that change nothing are recorded, too: who looks again finds them.
import { useCallback, useState } from 'react';
import { accountOf } from '../../kms/places-config';
import { newestRecords, type Found, type RecordFilter } from '../../kms/records';
import { useCalls, useClient, useClock, usePlace, useQuery } from '../../world/context';
import { worldTime } from '../../world/watched';
import type { Refusal } from '../../world/refusal';
import { RANGES, filterOf } from './filter';
import type { Choice } from './filters';

/** More are found by a filter. */
const MOST = 1000;

interface Records {
  found: Found | undefined;
  refusal: Refusal | undefined;
  loading: boolean;
  look(): void;
}

export function useRecords({ query, range, everywhere }: Choice): Records {
  const client = useClient();
  const { caller, region } = usePlace();
  const clock = useClock();
  const calls = useCalls().length;
  const [looked, setLooked] = useState(0);
  const length = RANGES.find(({ value }) => value === range)?.length;
  const chosen = JSON.stringify({ ...filterOf(query.tokens), ...(everywhere ? {} : { account: accountOf(caller), region }) });
  const { value, refusal, loading } = useQuery(
    useCallback(async () => {
      const filter = JSON.parse(chosen) as RecordFilter;
      if (length !== undefined && clock) filter.from = new Date(worldTime(clock, Date.now()) - length).toISOString();
      return { looked, calls, found: await newestRecords(client, filter, MOST) };
    }, [client, chosen, length, clock, calls, looked]),
  );
  return { found: value?.found, refusal, loading, look: useCallback(() => setLooked((looked) => looked + 1), []) };
}
