// One record: its details, the resources that it references, itself as JSON, and the call behind it.
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback } from 'react';
import { newestRecords, userName, type TrailRecord } from '../../kms/records';
import { Output } from '../../parts/bytes';
import { Download } from '../../parts/download';
import { Info } from '../../parts/info';
import { dateTime } from '../../parts/instants';
import { PageTitle } from '../../parts/page-title';
import { Queried } from '../../parts/queried';
import { Section } from '../../parts/section';
import { EVENT_HISTORY, go, type RecordName } from '../../routes';
import { words } from '../../words';
import { useClient, useQuery } from '../../world/context';
import { Behind } from './behind';
import { Others } from './others';
import { Resources } from './resources';

const { record: text } = words.history;

export function RecordPage({ name }: { name: RecordName }) {
  const client = useClient();
  const { by, id } = name;
  const query = useQuery(
    useCallback(async () => {
      const { records } = await newestRecords(client, by === 'request' ? { requestId: id } : { eventId: id }, 50);
      // The record of a call comes before those of what it has caused.
      return { record: records.at(-1)?.record };
    }, [client, by, id]),
  );
  return (
    <Queried query={query}>
      {({ record }) => (record ? <Shown record={record} /> : <Missing />)}
    </Queried>
  );
}

/** A world keeps the newest records, and a new world has none. */
function Missing() {
  return (
    <SpaceBetween size="m">
      <PageTitle>{text.missing}</PageTitle>
      {text.missingText}
      <Button onClick={() => go(EVENT_HISTORY)}>{words.history.title}</Button>
    </SpaceBetween>
  );
}

function Shown({ record }: { record: TrailRecord }) {
  const json = JSON.stringify(record, null, 2);
  return (
    <SpaceBetween size="l">
      <Header variant="h1" info={<Info />}>{record.eventName}</Header>
      <Section title={text.details}>
        <KeyValuePairs columns={3} minColumnWidth={220} items={detailsOf(record)} />
      </Section>
      <Behind record={record} />
      <Resources resources={record.resources ?? []} region={record.awsRegion} />
      <Others record={record} />
      <Section title={text.json} description={text.jsonText} actions={<Download name={`${record.eventID}.json`} text={json} />}>
        <Output label={text.asJson} name={text.asJson} text={json} />
      </Section>
    </SpaceBetween>
  );
}

function detailsOf(record: TrailRecord) {
  const { eventTime, eventName, eventSource, eventID, requestID, userIdentity, sourceIPAddress, awsRegion, errorCode, errorMessage, readOnly, recipientAccountId } = record;
  const shown: [string, string | undefined][] = [
    [text.time, dateTime(Date.parse(eventTime))],
    [text.user, userName(record)],
    [text.name, eventName],
    [text.source, eventSource],
    [text.accessKey, userIdentity.accessKeyId],
    [text.address, sourceIPAddress],
    [text.id, eventID],
    [text.request, requestID],
    [text.region, awsRegion],
    [text.account, recipientAccountId],
    [text.error, errorCode],
    [text.message, errorMessage],
    [text.readOnly, readOnly === undefined ? undefined : String(readOnly)],
  ];
  return shown.map(([label, value]) => ({ label, value: <span className="wrap">{value || words.none}</span> }));
}
