// What a call has left behind: rows that changed, uses of keys, and records.
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { StepOf } from '../../kms/course';
import { JOURNAL, recordAddress } from '../../routes';
import { words } from '../../words';
import { KeyLink } from './thing';

const { outcome: text } = words;

export function Changes({ step: { count = 0, changes = [], moreChanges = 0, lastUseOf = [] } }: { step: StepOf<'changes'> }) {
  return (
    <SpaceBetween size="xxs">
      {count === 0 ? text.noChange : text.changed(count)}
      {changes.map(({ number, table, key, removed }) => (
        <span key={number} className="wrap">
          {removed ? text.removed(table) : text.put(table)} {typeof key === 'string' ? key : JSON.stringify(key)}
        </span>
      ))}
      {moreChanges > 0 && text.more(moreChanges)}
      {lastUseOf.map((arn) => (
        <span key={arn}>
          {text.lastUse} <KeyLink arn={arn} />
        </span>
      ))}
      {count > 0 && <Link href={JOURNAL}>{text.seeJournal}</Link>}
    </SpaceBetween>
  );
}

export function Records({ step: { records = [], moreRecords = 0 } }: { step: StepOf<'record'> }) {
  if (records.length === 0) return text.noRecord;
  return (
    <SpaceBetween size="xxs">
      {records.map(({ eventId, eventName, account }) => (
        <span key={eventId} className="wrap">
          {text.recorded(eventName, account)} <Link href={recordAddress(eventId)}>{eventId}</Link>
        </span>
      ))}
      {moreRecords > 0 && text.more(moreRecords)}
    </SpaceBetween>
  );
}
