// The findings on a policy as a list below its editor: where, what, why, and what would be better.
import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { Finding, Severity } from '../../kms/finding';
import { words } from '../../words';

const { findings: text } = words.policy;

const TYPES: Record<Severity, 'error' | 'warning' | 'info'> = { error: 'error', warning: 'warning', info: 'info' };

/** Tells nothing where a policy has none. Read aloud when it changes, but not before a sentence has ended. */
export function Findings({ findings, label }: { findings: readonly Finding[]; label: string }) {
  return (
    <div role="status" aria-label={label}>
      {findings.length > 0 && (
        <ul className="statements" aria-label={label}>
          {findings.map((finding, at) => (
            <li key={at}>
              <One finding={finding} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function One({ finding: { code, severity, place, sentence, reason, mend } }: { finding: Finding }) {
  const where = place.path || (place.line === undefined ? '' : text.at(place.line, place.column ?? 1));
  return (
    <>
      <StatusIndicator type={TYPES[severity]} wrapText iconAriaLabel={text.severities[severity]}>
        <strong>{code}</strong>
        {where && <span className="wrap"> ({where})</span>}: <span className="wrap">{sentence}</span>
      </StatusIndicator>
      {reason && <Box color="text-body-secondary">{reason}</Box>}
      {mend && (
        <Box>
          {text.better} <span className="wrap">{mend}</span>
        </Box>
      )}
    </>
  );
}
