// Key agreement: KMS and a peer come to the same secret, and neither of them sends it.
import { Section } from '../../../parts/section';
import { teaching } from '../../../words-of-teaching';
import { KeyAgreement } from '../../key/key-agreement';
import { useKeyChoice, type KeyWish } from '../key-choice';
import { Topic } from '../topic';

const { agreement } = teaching;

const AGREEING: KeyWish = { fits: ({ KeyUsage }) => KeyUsage === 'KEY_AGREEMENT', input: { KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' } };

export default function Agreement() {
  const { metadata, field } = useKeyChoice(AGREEING);
  return (
    <Topic said={agreement}>
      <Section title={agreement.key}>{field}</Section>
      {metadata && <KeyAgreement key={metadata.Arn} metadata={metadata} />}
    </Topic>
  );
}
