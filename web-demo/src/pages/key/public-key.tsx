// The public key of a key pair as PEM, to copy or to download.
import Button from '@cloudscape-design/components/button';
import { useCallback } from 'react';
import { toPem } from '../../kms/bytes';
import { Output } from '../../parts/bytes';
import { Info } from '../../parts/info';
import { Queried } from '../../parts/queried';
import { Section } from '../../parts/section';
import { words } from '../../words';
import { useCall, useQuery } from '../../world/context';
import type { KeyMetadata } from '../../world/operations';

export function PublicKey({ metadata: { KeyId, KeyUsage } }: { metadata: KeyMetadata }) {
  const call = useCall();
  const query = useQuery(
    useCallback(async () => toPem('PUBLIC KEY', (await call('GetPublicKey', { KeyId })).PublicKey), [call, KeyId]),
  );
  const { title, text, download, pem: name } = words.publicKey;
  const pem = query.value;
  const button = (
    <Button
      iconName="download"
      disabled={!pem}
      {...(pem ? { href: `data:application/x-pem-file,${encodeURIComponent(pem)}`, download: `${KeyId}.pem` } : {})}
    >
      {download}
    </Button>
  );
  return (
    <Section title={title} info={<Info topic="public-key" />} description={text[KeyUsage]} actions={button}>
      <Queried query={query}>{(pem) => <Output label={name} name={name} text={pem} />}</Queried>
    </Section>
  );
}
