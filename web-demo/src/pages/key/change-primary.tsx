// Another Region of a multi-Region key becomes its primary one.
import Alert from '@cloudscape-design/components/alert';
import { useState } from 'react';
import { Confirm } from '../../parts/confirm';
import { RegionSelect } from '../../parts/region-select';
import { useAct } from '../../shell/notifications';
import { words } from '../../words';
import type { Related } from '../../world/operations';

const { changing } = words.regionality;

interface Props {
  keyId: string;
  replicas: Related['ReplicaKeys'];
  onDone(): void;
}

export function ChangePrimary({ keyId: KeyId, replicas, onDone }: Props) {
  const { act, busy, refused } = useAct();
  const [region, setRegion] = useState<string>();
  const change = async () => {
    if (region === undefined) return;
    await act(
      async (call) => {
        await call('UpdatePrimaryRegion', { KeyId, PrimaryRegion: region });
        onDone();
      },
      () => changing.done(region),
    );
  };
  return (
    <Confirm
      title={changing.title}
      action={changing.title}
      busy={busy}
      disabled={region === undefined}
      refused={refused}
      onDismiss={onDone}
      onConfirm={() => void change()}
    >
      <Alert type="info">{changing.text}</Alert>
      <RegionSelect
        label={changing.region}
        placeholder={changing.choose}
        regions={replicas.map(({ Region }) => Region)}
        value={region}
        empty={changing.none}
        onChange={setRegion}
      />
    </Confirm>
  );
}
