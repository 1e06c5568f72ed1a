// The pages of operations: those that teach, a plain one for each of the others, and all of them in a table.
import { OPERATIONS } from '../../kms/operations-config';
import { OperationPage } from './by-hand/operation-page';
import { Overview } from './overview/overview';
import { topicOf } from './topics-config';

export default function OperationsPage({ name }: { name: string | undefined }) {
  const topic = name === undefined ? undefined : topicOf(name);
  if (topic) return <topic.Content />;
  const operation = OPERATIONS.find((operation) => operation === name);
  return operation ? <OperationPage operation={operation} /> : <Overview missing={name} />;
}
