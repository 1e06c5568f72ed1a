// A policy as text, in an editor that knows its language. Whether it is a good one, KMS decides.
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { Suspense, lazy, useMemo } from 'react';
import type { PolicyKind } from '../kms/finding';
import { useAccounts } from '../shell/directory';
import { words } from '../words';
import { Findings } from './code-editor/findings';
import { useFindings, type Judge } from './code-editor/use-findings';

const Editor = lazy(() => import('./code-editor/editor'));

interface Props {
  label?: string;
  /** What the policy is attached to; `null` for other JSON, of which nothing is said. */
  kind?: PolicyKind | null;
  value: string;
  readOnly?: boolean;
  /** Refuses the policy as KMS would. Give a stable one. */
  judge?: Judge | undefined;
  onChange?(text: string): void;
}

export function PolicyEditor({ label = words.policy.label, kind = 'key', value, readOnly = false, judge, onChange }: Props) {
  const accounts = useAccounts();
  const principals = useMemo(() => ['*', ...accounts.flatMap(({ callers }) => callers)], [accounts]);
  const findings = useFindings(value, kind, judge);
  return (
    <SpaceBetween size="s">
      <div className="policy">
        <Suspense fallback={<Waiting label={label} value={value} />}>
          <Editor
            label={label}
            value={value}
            readOnly={readOnly}
            isPolicy={kind !== null}
            findings={findings}
            principals={principals}
            onChange={(text) => onChange?.(text)}
          />
        </Suspense>
      </div>
      {kind !== null && <Findings findings={findings} label={words.policy.findings.of(label)} />}
    </SpaceBetween>
  );
}

/** The text, to be read until the editor has come. */
function Waiting({ label, value }: { label: string; value: string }) {
  return <Textarea ariaLabel={label} value={value} readOnly rows={Math.min(30, value.split('\n').length + 1)} spellcheck={false} />;
}
