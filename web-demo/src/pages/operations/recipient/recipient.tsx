// A simulated enclave from its start to an answer that it alone can read.
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback, useState } from 'react';
import { Halves } from '../../../parts/halves';
import { Queried } from '../../../parts/queried';
import { recipientWords } from '../../../words-of-recipient';
import { useClient, useQuery } from '../../../world/context';
import { Topic } from '../topic';
import { Ask, type Sealed } from './ask';
import { Attest } from './attest';
import type { AttestationDocument } from './document';
import { Open } from './open';
import { Require } from './require';
import { Running } from './running';
import { Start } from './start';

export default function Recipient() {
  const client = useClient();
  const query = useQuery(useCallback(() => client.enclaves(), [client]));
  const [document, setDocument] = useState<AttestationDocument>();
  const [keyId, setKeyId] = useState<string>();
  const [sealed, setSealed] = useState<Sealed>();
  return (
    <Topic said={recipientWords}>
      <Queried query={query}>
        {(enclaves) => (
          <SpaceBetween size="l">
            <Halves>
              <Start />
              <Running enclaves={enclaves} />
            </Halves>
            <Halves>
              <Attest enclaves={enclaves} onAttested={setDocument} />
              <Require document={document} onCreated={setKeyId} />
            </Halves>
            <Halves>
              <Ask enclaves={enclaves} preferred={keyId} onSealed={setSealed} />
              <Open enclaves={enclaves} sealed={sealed} />
            </Halves>
          </SpaceBetween>
        )}
      </Queried>
    </Topic>
  );
}
