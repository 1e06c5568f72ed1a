// A decision as one picture: the layers one upon the other, what each says, and which of them decides.
import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { decides, type Decision } from '../../kms/decision';
import { words } from '../../words';
import { Output } from '../bytes';
import { Grants } from './grants';
import { LayerPart } from './layer';
import { RULINGS } from './says-config';
import { Policies } from './statements';

const { why } = words;

export function Picture({ decision, caller }: { decision: Decision; caller: string }) {
  const { action, resource, ruling, layers, grants, moreGrants, decidedBy, text } = decision;
  return (
    <SpaceBetween size="l">
      <KeyValuePairs
        columns={2}
        minColumnWidth={260}
        items={[
          {
            label: why.ruling,
            value: (
              <StatusIndicator type={RULINGS[ruling]} wrapText>
                {action}: {why.rulings[ruling]}
              </StatusIndicator>
            ),
          },
          { label: why.caller, value: <span className="wrap">{caller}</span> },
          { label: why.resource, value: <span className="wrap">{resource}</span> },
          { label: why.decidedBy, value: decidedBy },
        ]}
      />
      {layers.length > 0 && (
        <ol className="layers" aria-label={why.layers}>
          {layers.map(({ layer, says, because, policies }) => (
            <LayerPart key={layer} name={layer} says={says} decides={decides(decision, layer)}>
              <SpaceBetween size="s">
                {because && <Box color="text-body-secondary">{because}</Box>}
                {layer === 'grants' ? (
                  <Grants grants={grants} more={moreGrants} />
                ) : (
                  (policies.length > 0 || !because) && <Policies policies={policies} decision={decision} />
                )}
              </SpaceBetween>
            </LayerPart>
          ))}
        </ol>
      )}
      <ExpandableSection headerText={why.asText}>
        <Output label={why.asText} name={why.asText} text={text} />
      </ExpandableSection>
    </SpaceBetween>
  );
}
