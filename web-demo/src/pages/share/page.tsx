// Sharing this world: by a link that makes it again, by a file that takes it along, or in a page of documentation.
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Info } from '../../parts/info';
import { words } from '../../words';
import { useStatus } from '../../world/context';
import { Embed } from './embed';
import { ExportFile } from './export-file';
import { NoLink } from './no-link';

export default function SharePage() {
  const status = useStatus();
  const isSeeded = status.phase === 'open' && status.seeded;
  return (
    <SpaceBetween size="l">
      <Header variant="h1" info={<Info />} description={words.share.text}>
        {words.share.title}
      </Header>
      {!isSeeded && <NoLink />}
      <ExportFile />
      <Embed />
    </SpaceBetween>
  );
}
