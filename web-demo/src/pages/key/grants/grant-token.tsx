// The token of a new grant, to be kept, or sent with the calls of this page from now on.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Output } from '../../../parts/bytes';
import { useTravel } from '../../../shell/travel';
import { words } from '../../../words';
import { usePlace } from '../../../world/context';

const { grants } = words;

export function GrantToken({ token, onDone }: { token: string; onDone: () => void }) {
  const travel = useTravel();
  const { grantTokens = [] } = usePlace();
  const send = () => {
    travel({ grantTokens: [...grantTokens, token] });
    onDone();
  };
  const buttons = (
    <SpaceBetween direction="horizontal" size="xs">
      <Button onClick={send}>{grants.send}</Button>
      <Button variant="primary" onClick={onDone}>
        {words.close}
      </Button>
    </SpaceBetween>
  );
  return (
    <Modal visible header={grants.token} closeAriaLabel={words.close} onDismiss={onDone} footer={<Box float="right">{buttons}</Box>}>
      <SpaceBetween size="m">
        {grants.tokenMade}
        <Output label={grants.token} name={grants.token} text={token} />
      </SpaceBetween>
    </Modal>
  );
}
