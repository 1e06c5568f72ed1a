// A cell of the matrix: whether somebody can do something, and behind it the ways, and what may still stand in them.
import Box from '@cloudscape-design/components/box';
import Popover from '@cloudscape-design/components/popover';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { AccessLimit, AccessPath, NamedAble } from '../../kms/questions';
import { words } from '../../words';

const { who } = words.lab;

interface Props {
  action: string;
  name: string;
  able: NamedAble | undefined;
}

export function Ability({ action, name, able }: Props) {
  if (!able) return <StatusIndicator type="stopped">{who.cannot}</StatusIndicator>;
  const type = able.conditional ? 'warning' : 'success';
  return (
    <Popover header={`${action}: ${name}`} size="large" triggerType="text" renderWithPortal content={<Ways able={able} />}>
      <StatusIndicator type={type}>{able.conditional ? who.conditional : who.can}</StatusIndicator>
    </Popover>
  );
}

function Ways({ able: { paths, limits } }: { able: NamedAble }) {
  return (
    <SpaceBetween size="s">
      <ul className="statements" aria-label={who.ways}>
        {paths.map((path, at) => (
          <li key={at}>
            <Way name={who.by[path.by]} way={path} />
          </li>
        ))}
      </ul>
      {limits.length > 0 && (
        <div>
          <Box variant="awsui-key-label">{who.limits}</Box>
          <ul className="statements" aria-label={who.limits}>
            {limits.map((limit, at) => (
              <li key={at}>
                <Way name={`${limit.layer} (${limit.effect})`} way={limit} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </SpaceBetween>
  );
}

function Way({ name, way }: { name: string; way: AccessPath | AccessLimit }) {
  const { policy, statement, sid, conditions } = way;
  const place = 'grantId' in way ? [way.grantId] : [policy, statement === undefined ? '' : words.why.statement(statement, sid)];
  return (
    <>
      {name} <span className="wrap">{place.filter(Boolean).join(', ')}</span>
      {conditions.map(({ operator, key, values }, at) => (
        <Box key={at} color="text-body-secondary">
          <span className="wrap">{who.condition(operator, key, values)}</span>
        </Box>
      ))}
    </>
  );
}
