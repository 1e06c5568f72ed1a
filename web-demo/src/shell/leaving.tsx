// The question before a page is left that would lose what was typed.
import { Confirm } from '../parts/confirm';
import { words } from '../words';
import { useLeaving } from './unsaved';

const { leaving } = words;

export function Leaving() {
  const { wanted, stay, leave } = useLeaving();
  if (wanted === null) return null;
  return (
    <Confirm title={leaving.title} action={leaving.action} busy={false} refused={undefined} onDismiss={stay} onConfirm={leave}>
      {leaving.text}
    </Confirm>
  );
}
