// From a place in a policy to a range of its text, and back: both by the tree of the JSON.
import { ensureSyntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';
import type { SyntaxNode } from '@lezer/common';
import { stepsOf, type Place } from '../../kms/finding';

export interface Range {
  from: number;
  to: number;
}

/** How long the tree of a long text may take, in milliseconds. */
const PATIENCE = 200;

const VALUES = new Set(['Object', 'Array', 'String', 'Number', 'True', 'False', 'Null']);

function rootOf(state: EditorState): SyntaxNode | null {
  const top = ensureSyntaxTree(state, state.doc.length, PATIENCE)?.topNode;
  return top ? valueIn(top) : null;
}

/** The range of a finding: the element that its path names, as far as it exists, or the word at its line and column. */
export function rangeOf(state: EditorState, { line, column, path }: Place): Range {
  if (path !== '' || line === undefined || column === undefined) return rangeOfPath(state, path);
  const at = state.doc.line(Math.min(line, state.doc.lines));
  const from = Math.min(at.from + column - 1, at.to);
  return state.wordAt(from) ?? { from: Math.max(at.from, from - 1), to: Math.max(from, Math.min(from + 1, at.to)) };
}

function rangeOfPath(state: EditorState, path: string): Range {
  let node = rootOf(state);
  let named: Range = { from: 0, to: Math.min(1, state.doc.length) };
  for (const step of stepsOf(path)) {
    const found = node && child(state, node, step);
    if (!found) break;
    named = found.named;
    node = found.value;
  }
  return named;
}

/** A member or an item of a value; a value that is not a list is its own only item. */
function child(state: EditorState, node: SyntaxNode, step: string | number): { named: Range; value: SyntaxNode } | null {
  if (typeof step === 'number') {
    const value = node.name === 'Array' ? values(node)[step] : step === 0 ? node : undefined;
    return value ? { named: headOf(state, value), value } : null;
  }
  for (const property of node.getChildren('Property')) {
    const name = property.getChild('PropertyName');
    const value = valueIn(property);
    if (name && value && nameOf(state, name) === step) return { named: headOf(state, name), value };
  }
  return null;
}

/** Of a value with several lines, its first one. */
function headOf(state: EditorState, { from, to }: SyntaxNode): Range {
  return { from, to: Math.min(to, state.doc.lineAt(from).to) };
}

function values(node: SyntaxNode): SyntaxNode[] {
  const all: SyntaxNode[] = [];
  for (let next = node.firstChild; next; next = next.nextSibling) if (VALUES.has(next.name)) all.push(next);
  return all;
}

function valueIn(node: SyntaxNode): SyntaxNode | null {
  return values(node)[0] ?? null;
}

/** The names of the members around a place, outermost first, such as `Statement`, `Condition`, `StringEquals`. */
export function membersAround(state: EditorState, node: SyntaxNode): string[] {
  const names: string[] = [];
  for (let next: SyntaxNode | null = node.parent; next; next = next.parent) {
    const name = next.name === 'Property' ? next.getChild('PropertyName') : null;
    if (name && name.from !== node.from) names.unshift(nameOf(state, name));
  }
  return names;
}

function nameOf(state: EditorState, name: Range): string {
  return state.sliceDoc(name.from, name.to).replace(/^"|"$/g, '');
}
