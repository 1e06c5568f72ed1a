// The proxy configuration file with a new credential (CKS-178): shown once, to copy or to download.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { Output } from '../../parts/bytes';
import { Refused } from '../../parts/refused';
import { useAct } from '../../shell/notifications';
import { words } from '../../words';
import { useClient } from '../../world/context';

const { configuration } = words.managers;

interface Props {
  name: string;
  onDone(): void;
  /** The proxy has another credential from then on. */
  onMade(): void;
}

export function ConfigurationFileModal({ name, onDone, onMade }: Props) {
  const client = useClient();
  const { act, busy, refused } = useAct();
  const [file, setFile] = useState<string>();
  const make = async () => {
    const made = await act(() => client.onProxy(name, { do: 'configurationFile' }));
    if (made === undefined) return;
    setFile(JSON.stringify(made, null, 2));
    onMade();
  };
  const buttons = (
    <SpaceBetween direction="horizontal" size="xs">
      <Button variant="link" onClick={onDone}>
        {words.close}
      </Button>
      {file === undefined ? (
        <Button variant="primary" loading={busy} onClick={() => void make()}>
          {configuration.make}
        </Button>
      ) : (
        <Button
          variant="primary"
          iconName="download"
          href={`data:application/json,${encodeURIComponent(file)}`}
          download="proxy-configuration.json"
        >
          {configuration.download}
        </Button>
      )}
    </SpaceBetween>
  );
  return (
    <Modal visible header={configuration.title} closeAriaLabel={words.close} onDismiss={onDone} footer={<Box float="right">{buttons}</Box>}>
      <SpaceBetween size="m">
        {configuration.text}
        {file !== undefined && <Output label={configuration.title} name={configuration.title} text={file} />}
        <Refused refusal={refused} />
      </SpaceBetween>
    </Modal>
  );
}
