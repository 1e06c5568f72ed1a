// Sign beside verify, or MAC beside verify; what the first makes becomes the input of the second.
import { useState } from 'react';
import { toBase64 } from '../../kms/bytes';
import { Halves } from '../../parts/halves';
import { NO_MESSAGE } from '../../parts/message-field';
import type { KeyMetadata } from '../../world/operations';
import { Check, type Claim } from './check';
import { Make } from './make';
import type { Scheme } from './schemes-config';

interface Props<Algorithm extends string> {
  metadata: KeyMetadata;
  scheme: Scheme<Algorithm>;
}

export function Authenticate<Algorithm extends string>({ metadata, scheme }: Props<Algorithm>) {
  const algorithm = scheme.first(metadata);
  const [claim, setClaim] = useState<Claim<Algorithm>>({ message: NO_MESSAGE, made: '', algorithm });
  return (
    <Halves>
      <Make
        metadata={metadata}
        scheme={scheme}
        onMade={(message, made, algorithm) => setClaim({ message, made: toBase64(made), algorithm })}
      />
      <Check metadata={metadata} scheme={scheme} claim={claim} onChange={(change) => setClaim({ ...claim, ...change })} />
    </Halves>
  );
}
