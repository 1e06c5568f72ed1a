// An encryption context: pairs of key and value, authenticated with the ciphertext.
import { words } from '../words';
import type { Pair } from './pairs';
import { PairsEditor } from './pairs-editor';

interface Props {
  pairs: readonly Pair[];
  onChange(pairs: Pair[]): void;
}

export function ContextEditor({ pairs, onChange }: Props) {
  return <PairsEditor pairs={pairs} add={words.context.add} empty={words.context.empty} onChange={onChange} />;
}
