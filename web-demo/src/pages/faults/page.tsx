// Faults on demand: what calls are made to meet, how often it happened, and an end to it.
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Info } from '../../parts/info';
import { words } from '../../words';
import { AddFault } from './add-fault';
import { FaultTable } from './fault-table';

export default function FaultsPage() {
  return (
    <SpaceBetween size="l">
      <Header variant="h1" info={<Info />} description={words.faults.text}>
        {words.faults.title}
      </Header>
      <FaultTable />
      <AddFault />
    </SpaceBetween>
  );
}
