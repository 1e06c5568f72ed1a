// Describing an alias of AWS makes its key.
import Button from '@cloudscape-design/components/button';
import { useMenuAct } from '../../shell/notifications';
import { words } from '../../words';

const { awsManaged } = words;

export function Describe({ alias: KeyId }: { alias: string }) {
  const { act, busy } = useMenuAct();
  const describe = () => act((call) => call('DescribeKey', { KeyId }), () => awsManaged.made(KeyId));
  return (
    <Button variant="inline-link" disabled={busy} ariaLabel={awsManaged.describeAlias(KeyId)} onClick={() => void describe()}>
      {awsManaged.describe}
    </Button>
  );
}
