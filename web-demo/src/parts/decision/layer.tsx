// One layer of a decision: what it says, whether it decides, and behind it the statements.
import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { ReactNode } from 'react';
import type { Says } from '../../kms/decision';
import { words } from '../../words';
import { SAYS } from './says-config';

const { why } = words;

interface Props {
  name: string;
  says: Says;
  decides: boolean;
  children: ReactNode;
}

export function LayerPart({ name, says, decides, children }: Props) {
  // Inline, so that it stands beside the arrow.
  const header = (
    <>
      {capitalized(name)}{' '}
      <Box variant="span" fontWeight="normal">
        <StatusIndicator type={SAYS[says]}>{why.says[says]}</StatusIndicator>
      </Box>{' '}
      {decides && <Badge color="blue">{why.decides}</Badge>}
    </>
  );
  return (
    <li className={decides ? 'layer layer-decides' : 'layer'}>
      <ExpandableSection variant="stacked" headerText={header} headingTagOverride="h3" defaultExpanded={decides}>
        {children}
      </ExpandableSection>
    </li>
  );
}

function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
