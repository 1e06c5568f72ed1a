// A key policy that KMS reads while it is typed, in a copy of the world.
import { useCallback } from 'react';
import { PolicyEditor } from '../../../parts/policy-editor';
import { useClient, usePlace } from '../../../world/context';

interface Props {
  keyId: string;
  value: string;
  readOnly: boolean;
  onChange(text: string): void;
}

export function KeyPolicyEditor({ keyId: KeyId, value, readOnly, onChange }: Props) {
  const client = useClient();
  const place = usePlace();
  const judge = useCallback((Policy: string) => client.rehearse('PutKeyPolicy', { KeyId, Policy }, place), [client, KeyId, place]);
  return <PolicyEditor value={value} readOnly={readOnly} judge={readOnly ? undefined : judge} onChange={onChange} />;
}
