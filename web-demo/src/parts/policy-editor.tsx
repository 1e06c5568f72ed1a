// A policy as text. Whether it is a good one, KMS decides.
import Textarea from '@cloudscape-design/components/textarea';
import { words } from '../words';

interface Props {
  label?: string;
  value: string;
  readOnly?: boolean;
  onChange?(text: string): void;
}

export function PolicyEditor({ label = words.policy.label, value, readOnly = false, onChange }: Props) {
  return (
    <div className="policy">
      <Textarea
        ariaLabel={label}
        value={value}
        readOnly={readOnly}
        rows={Math.min(30, value.split('\n').length + 1)}
        spellcheck={false}
        onChange={({ detail }) => onChange?.(detail.value)}
      />
    </div>
  );
}
