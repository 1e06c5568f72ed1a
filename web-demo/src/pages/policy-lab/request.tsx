// A request is put together, and beside it stands how it would be decided: by the policies that are, or by others.
import type { SimulateOptions } from 'pocket-kms';
import { useCallback, useState } from 'react';
import { REQUESTS } from '../../kms/requests-config';
import { Halves } from '../../parts/halves';
import { valuesOf } from '../../parts/pairs';
import { Section } from '../../parts/section';
import { Queried } from '../../parts/queried';
import { words } from '../../words';
import { optionsOf } from '../../world/asked';
import { useClient, usePlace, useQuery } from '../../world/context';
import type { Operation } from '../../world/operations';
import type { Place } from '../../world/protocol';
import type { AboutKey } from './about-key';
import { Decided } from './decided';
import { RequestFields, type RequestDraft } from './request-fields';

const { request: text } = words.lab;

export function RequestBuilder({ keyId, select }: AboutKey) {
  const client = useClient();
  const place = usePlace();
  const [draft, setDraft] = useState<RequestDraft>(() => ({ operation: 'Decrypt', caller: place.caller, context: [], keyPolicy: null, identityPolicies: [] }));
  const asked = JSON.stringify(draft);
  const query = useQuery(
    useCallback(() => {
      const { operation, input, options } = requestOf(JSON.parse(asked) as RequestDraft, keyId, place);
      return client.simulate(operation, input, options);
    }, [client, keyId, place, asked]),
  );
  return (
    <Halves>
      <Section title={text.asked} description={text.text}>
        <RequestFields keyId={keyId} select={select} draft={draft} onChange={(change) => setDraft({ ...draft, ...change })} />
      </Section>
      <Section title={text.decided}>
        <Queried query={query}>{(explanation) => <Decided explanation={explanation} caller={draft.caller} />}</Queried>
      </Section>
    </Halves>
  );
}

function requestOf(draft: RequestDraft, keyId: string, place: Place): { operation: Operation; input: object; options: SimulateOptions } {
  const { operation, caller, context, keyPolicy, identityPolicies } = draft;
  const offer = REQUESTS.find((offer) => offer.operation === operation);
  // The session is that of who one is, and not somebody else's.
  const { session, ...elsewhere } = place;
  const sender = optionsOf(caller === place.caller && session ? { ...elsewhere, session } : { ...elsewhere, caller });
  return {
    operation,
    input: offer?.input(keyId, valuesOf(context)) ?? { KeyId: keyId },
    options: {
      ...sender,
      ...(keyPolicy === null ? {} : { keyPolicy }),
      ...(identityPolicies.length > 0 ? { identityPolicies } : {}),
    },
  };
}
