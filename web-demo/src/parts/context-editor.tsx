// An encryption context: pairs of key and value, authenticated with the ciphertext.
import AttributeEditor from '@cloudscape-design/components/attribute-editor';
import Input from '@cloudscape-design/components/input';
import { words } from '../words';

export interface Pair {
  key: string;
  value: string;
}

export function contextOf(pairs: readonly Pair[]): Record<string, string> {
  return Object.fromEntries(pairs.filter(({ key }) => key !== '').map(({ key, value }) => [key, value]));
}

interface Props {
  pairs: readonly Pair[];
  onChange(pairs: Pair[]): void;
}

export function ContextEditor({ pairs, onChange }: Props) {
  const { key, value, add, empty } = words.context;
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
