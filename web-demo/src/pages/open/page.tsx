// Opening another world: of a link, of a file, or an empty one.
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Info } from '../../parts/info';
import { words } from '../../words';
import { EmptyWorld } from './empty-world';
import { OpenFile } from './open-file';
import { OpenLink } from './open-link';

export default function OpenPage() {
  return (
    <SpaceBetween size="l">
      <Header variant="h1" info={<Info />} description={words.open.text}>
        {words.open.title}
      </Header>
      <OpenLink />
      <OpenFile />
      <EmptyWorld />
    </SpaceBetween>
  );
}
