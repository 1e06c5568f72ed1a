// A part of the directory as a table: its entries are created, edited, deleted, and some of them acted as.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useState, type ReactNode } from 'react';
import type { Directory } from '../../kms/directory';
import { ActAs } from '../../shell/act-as';
import { words } from '../../words';
import { DeleteEntry } from './delete-entry';

/** An entry under its ARN or id. */
export interface Entry<T> {
  name: string;
  entry: T;
}

interface Props<T> {
  title: string;
  text: string;
  empty: string;
  create: string;
  columns: TableProps.ColumnDefinition<Entry<T>>[];
  entries: readonly Entry<T>[];
  loading: boolean;
  /** What removes an entry. */
  removal(name: string): Directory;
  /** The dialog that creates an entry, or edits this one. */
  editor(edited: Entry<T> | undefined, onDone: () => void): ReactNode;
  /** Whether one can act as an entry. */
  acting?: boolean;
  onSelect?(name: string | undefined): void;
}

type Asking = 'create' | 'edit' | 'delete' | 'act';

const { directory } = words;

export function EntryTable<T>({ title, text, empty, create, columns, entries, loading, removal, editor, acting = false, onSelect }: Props<T>) {
  const [name, setName] = useState<string>();
  const [asking, setAsking] = useState<Asking>();
  const selected = entries.find((entry) => entry.name === name);
  const done = () => setAsking(undefined);
  const nothing = selected === undefined;
  const buttons = (
    <SpaceBetween direction="horizontal" size="xs">
      {acting && (
        <Button disabled={nothing} onClick={() => setAsking('act')}>
          {directory.act}
        </Button>
      )}
      <Button disabled={nothing} onClick={() => setAsking('edit')}>
        {words.edit}
      </Button>
      <Button disabled={nothing} onClick={() => setAsking('delete')}>
        {directory.delete}
      </Button>
      <Button variant="primary" onClick={() => setAsking('create')}>
        {create}
      </Button>
    </SpaceBetween>
  );
  return (
    <>
      <Table
        items={entries}
        columnDefinitions={columns}
        trackBy="name"
        wrapLines
        loading={loading}
        loadingText={words.loading}
        selectionType="single"
        selectedItems={selected ? [selected] : []}
        onSelectionChange={({ detail }) => {
          setName(detail.selectedItems[0]?.name);
          onSelect?.(detail.selectedItems[0]?.name);
        }}
        ariaLabels={{
          tableLabel: title,
          selectionGroupLabel: directory.selection(title),
          itemSelectionLabel: (_, { name }) => directory.select(name),
        }}
        header={
          <Header variant="h2" counter={`(${entries.length})`} description={text} actions={buttons}>
            {title}
          </Header>
        }
        empty={<Box textAlign="center">{empty}</Box>}
      />
      {asking === 'create' && editor(undefined, done)}
      {asking === 'edit' && selected && editor(selected, done)}
      {asking === 'delete' && selected && <DeleteEntry name={selected.name} removal={removal(selected.name)} onDone={done} />}
      {asking === 'act' && selected && <ActAs principal={selected.name} onDone={done} />}
    </>
  );
}
