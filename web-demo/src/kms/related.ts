// The related keys of a multi-Region key, each as its own Region describes it.
import type { KeyMetadata, Related } from '../world/operations';
import type { Place, WorldClient } from '../world/protocol';

export interface RelatedKey {
  region: string;
  arn: string;
  isPrimary: boolean;
  /** `undefined` where the caller may not describe it. */
  metadata: KeyMetadata | undefined;
}

/** The primary key first, then the replicas in the order in which they came. */
export function relatedKeys(client: WorldClient, related: Related, keyId: string, { caller }: Place): Promise<RelatedKey[]> {
  const { PrimaryKey, ReplicaKeys } = related;
  return Promise.all(
    [PrimaryKey, ...ReplicaKeys].map(async ({ Region, Arn }, at) => ({
      region: Region,
      arn: Arn,
      isPrimary: at === 0,
      metadata: await client.call('DescribeKey', { KeyId: keyId }, { region: Region, caller }).then(
        ({ KeyMetadata }) => KeyMetadata,
        () => undefined,
      ),
    })),
  );
}
