// ReEncrypt: a ciphertext moves to another key or another context, and its plaintext never leaves KMS.
import { useState } from 'react';
import { Halves } from '../../../parts/halves';
import { teaching } from '../../../words-of-teaching';
import { Unwrap, type Wrapped } from '../data-key/unwrap';
import { Topic } from '../topic';
import { Move } from './move';
import { Source } from './source';

const { reEncrypt } = teaching;

export default function ReEncrypt() {
  const [source, setSource] = useState<Wrapped>();
  const [moved, setMoved] = useState<Wrapped>();
  return (
    <Topic said={reEncrypt}>
      <Halves>
        <Source onMade={setSource} />
        <Move source={source} onMoved={setMoved} />
      </Halves>
      <Halves>
        <Unwrap said={reEncrypt.before} wrapped={source} asText />
        <Unwrap said={reEncrypt.after} wrapped={moved} asText />
      </Halves>
    </Topic>
  );
}
