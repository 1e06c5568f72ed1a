// DryRun: every use of a key is tried, and none is made. What would succeed ends in an exception that says so.
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { ActionForm } from '../../../parts/action-form';
import { wouldSucceed } from '../../../parts/dry-run';
import { TitledTable } from '../../../parts/titled-table';
import { ToldInTable } from '../../../parts/told';
import { useAct } from '../../../shell/notifications';
import { teaching } from '../../../words-of-teaching';
import { usePlace, type Call } from '../../../world/context';
import type { KeyMetadata, Operation } from '../../../world/operations';
import { refusal, type Refusal } from '../../../world/refusal';
import { useKeyChoice, type KeyWish } from '../key-choice';
import { Topic } from '../topic';
import { triesOf } from './tries';

const { dryRun } = teaching;

const ANY: KeyWish = { fits: () => true, input: {} };

interface Tried {
  operation: Operation;
  answer: Refusal;
}

export default function DryRunPage() {
  const { act, busy, refused, told } = useAct();
  const { caller } = usePlace();
  const { metadata, field } = useKeyChoice(ANY);
  const [tried, setTried] = useState<Tried[]>();

  const run = async () => {
    if (!metadata) return;
    setTried(undefined);
    setTried(await act((call) => tryAll(call, metadata, caller)));
  };

  return (
    <Topic said={dryRun}>
      <ActionForm
        title={dryRun.ask}
        action={dryRun.action}
        busy={busy}
        disabled={!metadata}
        refused={refused}
        told={told}
        onSubmit={() => void run()}
        result={tried && <Answers tried={tried} />}
      >
        {field}
        {dryRun.form}
      </ActionForm>
    </Topic>
  );
}

function Answers({ tried }: { tried: readonly Tried[] }) {
  return (
    <TitledTable
      title={dryRun.answers}
      variant="embedded"
      items={tried}
      trackBy="operation"
      columnDefinitions={[
        { id: 'operation', header: dryRun.columns.operation, cell: ({ operation }) => operation, isRowHeader: true },
        { id: 'answer', header: dryRun.columns.answer, cell: ({ answer }) => <Answer answer={answer} />, minWidth: 200 },
        { id: 'why', header: dryRun.columns.why, cell: ({ answer: { told } }) => told && <ToldInTable call={told} /> },
      ]}
    />
  );
}

function Answer({ answer: { code, message } }: { answer: Refusal }) {
  const success = wouldSucceed(code);
  return (
    <StatusIndicator type={success ? 'success' : 'error'} wrapText>
      <span className="wrap">{success ? `${dryRun.would} (${code})` : `${code}: ${message}`}</span>
    </StatusIndicator>
  );
}

/** Every dry run ends in an exception: what does not has no place in the table. */
async function tryAll(call: Call, metadata: KeyMetadata, caller: string): Promise<Tried[]> {
  const tried: Tried[] = [];
  for (const { operation, input } of await triesOf(metadata, caller)) {
    await call(operation, { ...input, DryRun: true } as never).catch((thrown: unknown) => tried.push({ operation, answer: refusal(thrown) }));
  }
  return tried;
}
