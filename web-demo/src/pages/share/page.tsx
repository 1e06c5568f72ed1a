// Sharing this world: by a link that makes it again, by a file that takes it along, or in a page of documentation.
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Info } from '../../parts/info';
import { useIsSeeded, useShared } from '../../shell/visiting/link';
import { words } from '../../words';
import { Embed } from './embed';
import { ExportFile } from './export-file';
import { NoLink, WorldLink } from './world-link';

export default function SharePage() {
  const isSeeded = useIsSeeded();
  const shared = useShared();
  return (
    <SpaceBetween size="l">
      <Header variant="h1" info={<Info />} description={words.share.text}>
        {words.share.title}
      </Header>
      {isSeeded ? <WorldLink shared={shared} /> : <NoLink />}
      <ExportFile />
      <Embed shared={shared} />
    </SpaceBetween>
  );
}
