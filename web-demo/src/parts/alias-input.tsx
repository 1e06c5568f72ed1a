// An alias, behind the prefix that every alias has.
import Input from '@cloudscape-design/components/input';
import { words } from '../words';

export function AliasInput({ value, onChange }: { value: string; onChange: (alias: string) => void }) {
  return (
    <div className="alias">
      <span>alias/</span>
      <Input value={value} placeholder={words.alias.example} spellcheck={false} onChange={({ detail }) => onChange(detail.value)} />
    </div>
  );
}
