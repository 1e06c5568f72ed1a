// The grants of a key: listed page by page, created, retired and revoked.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useCallback, useState } from 'react';
import { grantsPage } from '../../../kms/grants';
import { forEach, useDryRun } from '../../../parts/dry-run';
import { Info } from '../../../parts/info';
import { Paging } from '../../../parts/paging';
import { Refused } from '../../../parts/refused';
import { useAct } from '../../../shell/notifications';
import { words } from '../../../words';
import { useCall, type Call } from '../../../world/context';
import type { Grant, KeyMetadata } from '../../../world/operations';
import { usePages } from '../../../world/pages';
import { CreateGrant } from './create-grant';
import { RetireByToken } from './retire-by-token';
import { GRANT_COLUMNS } from './table-config';

const PAGE = 10;

export function Grants({ metadata }: { metadata: KeyMetadata }) {
  const { KeyId, Arn } = metadata;
  const call = useCall();
  const { act, busy, refused } = useAct();
  const dry = useDryRun();
  const pages = usePages(useCallback((from) => grantsPage(call, KeyId, from, PAGE), [call, KeyId]));
  const [selected, setSelected] = useState<Grant[]>([]);
  const [asking, setAsking] = useState<'create' | 'token'>();

  const end = async (one: (call: Call, GrantId: string) => Promise<unknown>, said: (count: number) => string) => {
    await act(
      (call) => forEach(selected, ({ GrantId }) => one(call, GrantId)),
      () => said(selected.length),
    );
    if (!dry.input.DryRun) setSelected([]);
  };
  const nothing = selected.length === 0;
  const buttons = (
    <SpaceBetween direction="horizontal" size="xs">
      <Button onClick={() => setAsking('token')}>{words.grants.retireByToken}</Button>
      <Button
        disabled={nothing}
        loading={busy}
        onClick={() => void end((call, GrantId) => call('RetireGrant', { KeyId: Arn, GrantId, ...dry.input }), words.grants.retired)}
      >
        {words.grants.retire}
      </Button>
      <Button
        disabled={nothing}
        loading={busy}
        onClick={() => void end((call, GrantId) => call('RevokeGrant', { KeyId, GrantId, ...dry.input }), words.grants.revoked)}
      >
        {words.grants.revoke}
      </Button>
      <Button variant="primary" onClick={() => setAsking('create')}>
        {words.grants.create}
      </Button>
    </SpaceBetween>
  );
  return (
    <>
      <Table
        items={pages.value ?? []}
        columnDefinitions={GRANT_COLUMNS}
        trackBy="GrantId"
        wrapLines
        loading={pages.loading}
        loadingText={words.loading}
        selectionType="multi"
        selectedItems={selected}
        onSelectionChange={({ detail }) => setSelected(detail.selectedItems)}
        ariaLabels={words.grants.labels}
        header={
          <Header variant="h2" info={<Info topic="grants" />} description={words.grants.text} actions={buttons}>
            {words.grants.title}
          </Header>
        }
        pagination={<Paging pages={pages} />}
        empty={pages.refusal ? <Refused refusal={pages.refusal} /> : <Box textAlign="center">{words.grants.empty}</Box>}
        footer={
          (!nothing || refused) && (
            <SpaceBetween size="s">
              {!nothing && dry.box}
              <Refused refusal={refused} />
            </SpaceBetween>
          )
        }
      />
      {asking === 'create' && <CreateGrant metadata={metadata} onDone={() => setAsking(undefined)} />}
      {asking === 'token' && <RetireByToken onDone={() => setAsking(undefined)} />}
    </>
  );
}
