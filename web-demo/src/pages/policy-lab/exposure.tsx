// Whether anybody outside of the account can ever use the key, whatever the request.
import Alert from '@cloudscape-design/components/alert';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import type { Exposure as Answer } from 'pocket-kms';
import { useCallback } from 'react';
import { accountOf } from '../../kms/places-config';
import { Code } from '../../parts/code';
import { Refused } from '../../parts/refused';
import { words } from '../../words';
import { useClient, usePlace, useQuery } from '../../world/context';

const { exposure: text } = words.lab;

const TYPES = { yes: 'warning', no: 'success', undecided: 'info' } as const;

export function Exposure({ keyId }: { keyId: string }) {
  const client = useClient();
  const { caller, region } = usePlace();
  const account = accountOf(caller);
  const query = useQuery(useCallback(() => client.exposure(keyId, { account, region }), [client, keyId, account, region]));
  if (query.refusal) return <Refused refusal={query.refusal} />;
  return query.value ? <Told answer={query.value} /> : null;
}

function Told({ answer: { exposed, outside, witness } }: { answer: Answer }) {
  return (
    <Alert type={TYPES[exposed]} header={text.headers[exposed]}>
      {text.texts[exposed]}
      {outside.length > 0 && (
        <ul aria-label={text.outside}>
          {outside.map(({ principal, actions }) => (
            <li key={principal} className="wrap">
              {principal}: {actions.join(', ')}
            </li>
          ))}
        </ul>
      )}
      {witness && (
        <ExpandableSection headerText={text.witness}>
          <Code label={text.witness} text={JSON.stringify(witness, null, 2)} />
        </ExpandableSection>
      )}
    </Alert>
  );
}
