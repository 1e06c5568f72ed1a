// Rotation: the schedule, rotation on demand, and what has become of both.
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback } from 'react';
import { useCall, useQuery } from '../../world/context';
import type { KeyMetadata } from '../../world/operations';
import { RotateNow } from './rotate-now';
import { RotationSchedule } from './rotation-schedule';
import { Rotations } from './rotations';

export function Rotation({ metadata }: { metadata: KeyMetadata }) {
  const call = useCall();
  const { KeyId, Origin } = metadata;
  const query = useQuery(useCallback(() => call('GetKeyRotationStatus', { KeyId }), [call, KeyId]));
  return (
    <SpaceBetween size="l">
      {/* Imported material rotates on demand alone (LIF-41). */}
      {Origin === 'AWS_KMS' && <RotationSchedule metadata={metadata} query={query} />}
      <RotateNow metadata={metadata} begun={query.value?.OnDemandRotationStartDate} />
      <Rotations keyId={KeyId} />
    </SpaceBetween>
  );
}
