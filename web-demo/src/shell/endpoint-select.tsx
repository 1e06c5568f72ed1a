// The id of a VPC endpoint; those of the directory are suggested.
import Autosuggest from '@cloudscape-design/components/autosuggest';
import { entriesOf } from '../kms/directory';
import { words } from '../words';
import { useKnown } from './directory';

export function EndpointSelect({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const known = useKnown();
  return (
    <Autosuggest
      ariaLabel={words.who.acting.endpoint}
      value={value}
      options={entriesOf(known.vpcEndpoints).map(([id, { vpc }]) => ({ value: id, label: id, ...(vpc ? { description: vpc } : {}) }))}
      placeholder="vpce-0123456789abcdef0"
      enteredTextLabel={words.who.use}
      empty={words.none}
      onChange={({ detail }) => onChange(detail.value)}
    />
  );
}
