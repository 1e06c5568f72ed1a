// A list of short texts, one field each: ARNs, account ids.
import AttributeEditor from '@cloudscape-design/components/attribute-editor';
import Input from '@cloudscape-design/components/input';
import { words } from '../words';

interface Props {
  label: string;
  placeholder: string;
  add: string;
  empty: string;
  values: readonly string[];
  /** What is wrong with a text. */
  faultOf?(value: string): string | undefined;
  onChange(values: string[]): void;
}

export function TextList({ label, placeholder, add, empty, values, faultOf, onChange }: Props) {
  const set = (at: number, value: string) => onChange(values.map((other, index) => (index === at ? value : other)));
  return (
    <AttributeEditor
      items={values}
      empty={empty}
      addButtonText={add}
      removeButtonText={words.remove}
      removeButtonAriaLabel={(value) => `${words.remove} ${value}`}
      definition={[
        {
          label,
          errorText: (value) => faultOf?.(value),
          control: (value, at) => (
            <Input value={value} placeholder={placeholder} onChange={({ detail }) => set(at, detail.value)} />
          ),
        },
      ]}
      onAddButtonClick={() => onChange([...values, ''])}
      onRemoveButtonClick={({ detail }) => onChange(values.filter((_, at) => at !== detail.itemIndex))}
    />
  );
}
