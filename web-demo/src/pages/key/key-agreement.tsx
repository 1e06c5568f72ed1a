// Key agreement with a peer that this page makes, and with any other one.
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Suspense, lazy } from 'react';
import { Loading } from '../../parts/loading';
import type { KeyMetadata } from '../../world/operations';
import { Agree } from './agree';

const MadePeer = lazy(() => import('../operations/agreement/made-peer'));

export function KeyAgreement({ metadata }: { metadata: KeyMetadata }) {
  return (
    <SpaceBetween size="l">
      <Agree metadata={metadata} />
      <Suspense fallback={<Loading />}>
        <MadePeer metadata={metadata} />
      </Suspense>
    </SpaceBetween>
  );
}
