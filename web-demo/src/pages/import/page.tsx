// The wizard that imports key material: it gets a wrapping key, wraps in this page, and sends to KMS what is wrapped.
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback } from 'react';
import { describeKey } from '../../kms/keys';
import { PageTitle } from '../../parts/page-title';
import { Queried } from '../../parts/queried';
import { Refused } from '../../parts/refused';
import { words } from '../../words';
import { useCall, useQuery } from '../../world/context';
import { ImportWizard } from './import-wizard';

export default function ImportPage({ keyId, materialId }: { keyId: string; materialId: string | undefined }) {
  const call = useCall();
  const query = useQuery(useCallback(() => describeKey(call, keyId), [call, keyId]));
  if (query.refusal) {
    return (
      <SpaceBetween size="l">
        <PageTitle>{words.importing.title}</PageTitle>
        <Refused refusal={query.refusal} />
      </SpaceBetween>
    );
  }
  return <Queried query={query}>{(metadata) => <ImportWizard metadata={metadata} materialId={materialId} />}</Queried>;
}
