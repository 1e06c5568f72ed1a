// A policy as text, in an editor that knows its language. Whether it is a good one, KMS decides.
import Textarea from '@cloudscape-design/components/textarea';
import { Suspense, lazy, useMemo } from 'react';
import type { Finding } from '../kms/finding';
import { useAccounts } from '../shell/directory';
import { words } from '../words';

const Editor = lazy(() => import('./code-editor/editor'));

interface Props {
  label?: string;
  value: string;
  readOnly?: boolean;
  /** Whether it is a policy, or other JSON. */
  isPolicy?: boolean;
  findings?: readonly Finding[];
  onChange?(text: string): void;
}

const NOTHING: readonly Finding[] = [];

export function PolicyEditor({ label = words.policy.label, value, readOnly = false, isPolicy = true, findings = NOTHING, onChange }: Props) {
  const accounts = useAccounts();
  const principals = useMemo(() => ['*', ...accounts.flatMap(({ callers }) => callers)], [accounts]);
  return (
    <div className="policy">
      <Suspense fallback={<Waiting label={label} value={value} />}>
        <Editor
          label={label}
          value={value}
          readOnly={readOnly}
          isPolicy={isPolicy}
          findings={findings}
          principals={principals}
          onChange={(text) => onChange?.(text)}
        />
      </Suspense>
    </div>
  );
}

/** The text, to be read until the editor has come. */
function Waiting({ label, value }: { label: string; value: string }) {
  return <Textarea ariaLabel={label} value={value} readOnly rows={Math.min(30, value.split('\n').length + 1)} spellcheck={false} />;
}
