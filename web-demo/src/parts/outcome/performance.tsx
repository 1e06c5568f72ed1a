// What was performed: what it was given, what it has answered, and what was encrypted how. No secret is shown.
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { StepOf, ValueFacts } from '../../kms/course';
import { words } from '../../words';

const { outcome: text } = words;

export function Performance({ step }: { step: StepOf<'performance'> }) {
  const { contexts = [], given = [], answered = [], exchanges = [], caughtUp, dryRun, cryptographic, fate } = step;
  const isPlain = !cryptographic && given.length === 0 && answered.length === 0;
  return (
    <SpaceBetween size="xs">
      {dryRun && text.notPerformed}
      {caughtUp && text.caughtUp}
      {contexts.map(({ member, pairs }) => (
        <span key={member} className="wrap">
          {text.context(member)} <code>{JSON.stringify(pairs)}</code>
        </span>
      ))}
      <Values title={text.given} values={given} />
      <Values title={text.answered} values={answered} />
      {exchanges.map(({ proxy_operation, outcome, millis, message }, at) => (
        <span key={at} className="wrap">
          {text.exchange(proxy_operation, outcome ?? text.exchangeDone, millis)} {message}
        </span>
      ))}
      {isPlain && fate === 'passed' && text.done}
    </SpaceBetween>
  );
}

function Values({ title, values }: { title: string; values: readonly ValueFacts[] }) {
  if (values.length === 0) return null;
  return (
    <div>
      {title}:
      <ul className="statements" aria-label={title}>
        {values.map((facts) => (
          <li key={facts.member} className="wrap">
            {facts.member}: {said(facts)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function said({ value, length, secret, materialId, cipher, plaintextLength, external }: ValueFacts): string {
  if (value !== undefined) return String(value);
  if (length === undefined) return text.recipient;
  const parts = [text.bytes(length), ...(secret ? [text.secret] : [])];
  if (cipher !== undefined && materialId !== undefined) {
    parts.push(text.sealed(cipher, plaintextLength ?? 0), `${text.underMaterial} ${materialId}`);
  }
  if (external) parts.push(text.external);
  return parts.join(', ');
}
