// The grants that were considered, and what became of each.
import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { GrantSays } from '../../kms/decision';
import { words } from '../../words';

const { why } = words;

export function Grants({ grants, more = 0 }: { grants: readonly GrantSays[]; more?: number | undefined }) {
  if (grants.length === 0) return <Box color="text-body-secondary">{why.noGrants}</Box>;
  return (
    <ul className="statements" aria-label={why.grantsConsidered(grants.length)}>
      {grants.map((grant) => (
        <li key={grant.grantId}>
          <span className="wrap">{grant.grantId}</span>{' '}
          <StatusIndicator type={grant.outcome === 'applied' ? 'success' : 'stopped'} wrapText>
            {why.grantOutcomes[grant.outcome](grant)}
          </StatusIndicator>
        </li>
      ))}
      {more > 0 && <li>{why.moreGrants(more)}</li>}
    </ul>
  );
}
