// The key's aliases: names in the account and Region that lead to it.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useCallback, useState } from 'react';
import { listAliases } from '../../kms/keys';
import { Info } from '../../parts/info';
import { Refused } from '../../parts/refused';
import { useAct } from '../../shell/notifications';
import { words } from '../../words';
import { useCall, useQuery } from '../../world/context';
import type { Alias, KeyMetadata } from '../../world/operations';
import { ALIAS_COLUMNS } from './aliases-config';
import { CreateAlias } from './create-alias';

export function Aliases({ metadata: { KeyId } }: { metadata: KeyMetadata }) {
  const call = useCall();
  const { act, busy, refused } = useAct();
  const { value = [], loading, refusal } = useQuery(useCallback(() => listAliases(call, KeyId), [call, KeyId]));
  const [selected, setSelected] = useState<Alias[]>([]);
  const [creating, setCreating] = useState(false);

  const remove = async () => {
    await act(
      async (call) => {
        for (const { AliasName } of selected) await call('DeleteAlias', { AliasName });
      },
      () => words.aliases.deleted(selected.length),
    );
    setSelected([]);
  };
  const buttons = (
    <SpaceBetween direction="horizontal" size="xs">
      <Button disabled={selected.length === 0} loading={busy} onClick={() => void remove()}>
        {words.aliases.delete}
      </Button>
      <Button variant="primary" onClick={() => setCreating(true)}>
        {words.aliases.create}
      </Button>
    </SpaceBetween>
  );
  return (
    <>
      <Table
        items={value}
        columnDefinitions={ALIAS_COLUMNS}
        trackBy="AliasName"
        loading={loading}
        loadingText={words.loading}
        selectionType="multi"
        selectedItems={selected}
        onSelectionChange={({ detail }) => setSelected(detail.selectedItems)}
        ariaLabels={words.aliases.labels}
        header={<Header variant="h2" info={<Info topic="aliases" />} counter={`(${value.length})`} description={words.aliases.text} actions={buttons}>{words.aliases.title}</Header>}
        empty={refusal ? <Refused refusal={refusal} /> : <Box textAlign="center">{words.aliases.empty}</Box>}
        footer={refused && <Refused refusal={refused} />}
      />
      {creating && <CreateAlias keyId={KeyId} onDone={() => setCreating(false)} />}
    </>
  );
}
