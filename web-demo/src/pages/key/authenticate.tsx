// Sign beside verify, or MAC beside verify; what the first makes becomes the input of the second.
import Grid from '@cloudscape-design/components/grid';
import { useState } from 'react';
import { toBase64 } from '../../kms/bytes';
import { NO_MESSAGE } from '../../parts/message-field';
import type { KeyMetadata } from '../../world/operations';
import { Check, type Claim } from './check';
import { Make } from './make';
import type { Scheme } from './schemes-config';

const HALVES = [{ colspan: { default: 12, xs: 6 } }, { colspan: { default: 12, xs: 6 } }];

interface Props<Algorithm extends string> {
  metadata: KeyMetadata;
  scheme: Scheme<Algorithm>;
}

export function Authenticate<Algorithm extends string>({ metadata, scheme }: Props<Algorithm>) {
  const algorithm = scheme.first(metadata);
  const [claim, setClaim] = useState<Claim<Algorithm>>({ message: NO_MESSAGE, made: '', algorithm });
  return (
    <Grid gridDefinition={HALVES}>
      <Make
        metadata={metadata}
        scheme={scheme}
        onMade={(message, made, algorithm) => setClaim({ message, made: toBase64(made), algorithm })}
      />
      <Check metadata={metadata} scheme={scheme} claim={claim} onChange={(change) => setClaim({ ...claim, ...change })} />
    </Grid>
  );
}
