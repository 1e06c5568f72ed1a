// Encapsulation: whoever has the public key sends a secret, and only KMS gets it out of its capsule.
import { Section } from '../../parts/section';
import { teaching } from '../../words-of-teaching';
import { EncapsulateDecapsulate } from '../key/encapsulate';
import { useKeyChoice, type KeyWish } from './key-choice';
import { Topic } from './topic';

const { encapsulation } = teaching;

const CAPSULES: KeyWish = {
  fits: ({ KeyUsage }) => KeyUsage === 'ENCAPSULATE_DECAPSULATE',
  input: { KeySpec: 'ML_KEM_768', KeyUsage: 'ENCAPSULATE_DECAPSULATE' },
};

export default function Encapsulation() {
  const { metadata, field } = useKeyChoice(CAPSULES);
  return (
    <Topic said={encapsulation}>
      <Section title={encapsulation.key}>{field}</Section>
      {metadata && <EncapsulateDecapsulate key={metadata.Arn} metadata={metadata} />}
    </Topic>
  );
}
