// What can be asked of calls that were made: why they were allowed or refused, how they are said in code, and what was recorded.
import Button from '@cloudscape-design/components/button';
import { requestAddress } from '../routes';
import { words } from '../words';
import { useApi } from '../world/context';
import type { MadeCall } from '../world/protocol';
import { AsCode } from './as-code/as-code';
import { Why } from './outcome/why';

interface Props {
  calls: readonly MadeCall[];
  lesson?: readonly MadeCall[];
  /** Whether a link leads to the record. */
  linked?: boolean;
}

/** `lesson` is what code is made of, where that is more than the calls that can be asked why. */
export function Told({ calls, lesson = calls, linked = true }: Props) {
  const api = useApi();
  return (
    <>
      <Why calls={calls} /> <AsCode calls={lesson} api={api} /> {linked && <RecordLink call={calls.at(-1)} />}
    </>
  );
}

/** The same where many calls stand one below the other. */
export function ToldInTable({ call }: { call: MadeCall }) {
  const api = useApi();
  return (
    <>
      <Why calls={[call]} inTable /> <AsCode calls={[call]} api={api} inTable /> <RecordLink call={call} inTable />
    </>
  );
}

/** Shows nothing where nothing was recorded. */
function RecordLink({ call, inTable = false }: { call: MadeCall | undefined; inTable?: boolean }) {
  if (call?.requestId === undefined) return null;
  const name = words.history.recordOf(call.operation);
  return (
    <Button variant="inline-link" formAction="none" href={requestAddress(call.requestId)} ariaLabel={inTable ? `${name} ${call.number}` : name}>
      {words.history.recordLink}
    </Button>
  );
}
