// What can be asked of calls that were made: why they were allowed or refused, and how they are said in code.
import { useApi } from '../world/context';
import type { MadeCall } from '../world/protocol';
import { AsCode } from './as-code/as-code';
import { Why } from './decision/why';

/** `lesson` is what code is made of, where that is more than the calls that can be asked why. */
export function Told({ calls, lesson = calls }: { calls: readonly MadeCall[]; lesson?: readonly MadeCall[] }) {
  const api = useApi();
  return (
    <>
      <Why calls={calls} /> <AsCode calls={lesson} api={api} />
    </>
  );
}

/** The same where many calls stand one below the other. */
export function ToldInTable({ call }: { call: MadeCall }) {
  const api = useApi();
  return (
    <>
      <Why calls={[call]} inTable /> <AsCode calls={[call]} api={api} inTable />
    </>
  );
}
