// Rotation on demand.
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { ActionForm } from '../../parts/action-form';
import { dateTime } from '../../parts/instants';
import { useAct } from '../../shell/notifications';
import { words } from '../../words';
import type { KeyMetadata } from '../../world/operations';

const { now } = words.rotation;

interface Props {
  metadata: KeyMetadata;
  /** When the rotation that is in progress began. */
  begun: Date | undefined;
}

export function RotateNow({ metadata: { KeyId, Origin }, begun }: Props) {
  const { act, busy, refused } = useAct();
  const rotate = () => act((call) => call('RotateKeyOnDemand', { KeyId }), () => now.done);
  return (
    <ActionForm
      info="rotation"
      title={now.title}
      action={now.action}
      busy={busy}
      refused={refused}
      onSubmit={() => void rotate()}
      result={begun && <StatusIndicator type="in-progress">{now.begun(dateTime(begun))}</StatusIndicator>}
    >
      {Origin === 'EXTERNAL' ? now.external : now.text}
    </ActionForm>
  );
}
