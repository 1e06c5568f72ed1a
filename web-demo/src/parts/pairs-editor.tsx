// Pairs of a key and a value: an encryption context, or tags.
import AttributeEditor from '@cloudscape-design/components/attribute-editor';
import Input from '@cloudscape-design/components/input';
import { words } from '../words';
import type { Pair } from './pairs';

interface Props {
  pairs: readonly Pair[];
  add: string;
  empty: string;
  onChange(pairs: Pair[]): void;
}

export function PairsEditor({ pairs, add, empty, onChange }: Props) {
  const { key, value } = words.pairs;
  const set = (at: number, change: Partial<Pair>) => onChange(pairs.map((pair, index) => (index === at ? { ...pair, ...change } : pair)));
  return (
    <AttributeEditor
      items={pairs}
      gridLayout={[{ rows: [[1, 1]], removeButton: { width: 'auto' } }]}
      empty={empty}
      addButtonText={add}
      removeButtonText={words.remove}
      removeButtonAriaLabel={(pair) => `${words.remove} ${pair.key}`}
      definition={[
        { label: key, control: (pair, at) => <Input value={pair.key} onChange={({ detail }) => set(at, { key: detail.value })} /> },
        { label: value, control: (pair, at) => <Input value={pair.value} onChange={({ detail }) => set(at, { value: detail.value })} /> },
      ]}
      onAddButtonClick={() => onChange([...pairs, { key: '', value: '' }])}
      onRemoveButtonClick={({ detail }) => onChange(pairs.filter((_, at) => at !== detail.itemIndex))}
    />
  );
}
