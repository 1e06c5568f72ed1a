// The title of the keys table, with what can be done.
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { KeyActions } from '../../actions/key-actions';
import { Info } from '../../parts/info';
import { words } from '../../words';
import type { Row } from './rows';

interface Props {
  total: number;
  selected: readonly Row[];
  onCreate(): void;
}

export function KeysHeader({ total, selected, onCreate }: Props) {
  const counter = selected.length > 0 ? `(${selected.length}/${total})` : `(${total})`;
  const buttons = (
    <SpaceBetween direction="horizontal" size="xs">
      <KeyActions keys={selected.map(({ id, key }) => ({ id, metadata: key.metadata }))} />
      <Button variant="primary" onClick={onCreate}>
        {words.keys.create}
      </Button>
    </SpaceBetween>
  );
  return (
    <Header variant="awsui-h1-sticky" info={<Info />} counter={counter} actions={buttons} description={words.keys.description}>
      {words.keys.title}
    </Header>
  );
}
