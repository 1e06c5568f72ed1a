// The documents of a layer, and what became of each of their statements.
import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { isDeciding, type Decision, type PolicySays, type StatementSays } from '../../kms/decision';
import { words } from '../../words';
import { lookOf } from './says-config';

const { why } = words;

export function Policies({ policies, decision }: { policies: readonly PolicySays[]; decision: Decision }) {
  if (policies.length === 0) return <Box color="text-body-secondary">{why.nothing}</Box>;
  return (
    <SpaceBetween size="m">
      {policies.map((policy, at) => (
        <Document key={`${at} ${policy.policy}`} policy={policy} decision={decision} />
      ))}
    </SpaceBetween>
  );
}

function Document({ policy, decision }: { policy: PolicySays; decision: Decision }) {
  const { level, statements } = policy;
  return (
    <SpaceBetween size="xs">
      <Box variant="strong">
        <span className="wrap">
          {policy.policy}
          {level !== undefined && ` (${why.level(level)})`}
        </span>
      </Box>
      {statements.length === 0 ? (
        why.noStatement
      ) : (
        <ol className="statements">
          {statements.map((statement) => (
            <li key={statement.statement}>
              <Fate statement={statement} deciding={isDeciding(decision, policy, statement)} />
            </li>
          ))}
        </ol>
      )}
    </SpaceBetween>
  );
}

/** The fate of a statement: it applied, or the first of its elements that failed. */
function Fate({ statement, deciding }: { statement: StatementSays; deciding: boolean }) {
  const { sid, effect, outcome } = statement;
  return (
    <SpaceBetween size="xxs">
      <span className="wrap">
        {why.statement(statement.statement, sid)} ({effect}) {deciding && <Badge color="blue">{why.decides}</Badge>}
      </span>
      <StatusIndicator type={lookOf(statement)} wrapText>
        {outcome === 'applied' ? applied(statement) : why.failed[outcome]}
      </StatusIndicator>
      {outcome === 'condition' && <Condition statement={statement} />}
    </SpaceBetween>
  );
}

function applied({ class: how }: StatementSays): string {
  return how ? why.appliedAs(why.classes[how]) : why.applied;
}

function Condition({ statement }: { statement: StatementSays }) {
  const { operator = '', key = '', expected = [], moreExpected = 0, actual, moreActual = 0 } = statement;
  return (
    <KeyValuePairs
      columns={4}
      items={[
        { label: why.operator, value: operator },
        { label: why.key, value: <span className="wrap">{key}</span> },
        { label: why.expected, value: <Values values={expected} more={moreExpected} /> },
        { label: why.actual, value: actual == null ? why.missing : <Values values={actual} more={moreActual} /> },
      ]}
    />
  );
}

function Values({ values, more }: { values: readonly string[]; more: number }) {
  const told = values.map((value) => JSON.stringify(value));
  return <span className="wrap">{[...told, ...(more > 0 ? [why.more(more)] : [])].join(', ')}</span>;
}
