// What fits at a place of a policy: elements, actions, operators, condition keys, principals.
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { syntaxTree } from '@codemirror/language';
import type { SyntaxNode } from '@lezer/common';
import { ACTIONS, CONDITION_KEYS } from '../../kms/policy-words';
import { DOCUMENT_MEMBERS, EFFECTS, OPERATORS, PRINCIPAL_MEMBERS, STATEMENT_MEMBERS, VERSIONS } from '../../kms/policy-grammar-config';
import { membersAround } from './place';

const plain = (labels: readonly string[], type: string): Completion[] => labels.map((label) => ({ label, type }));

const ALL_ACTIONS = plain(['kms:*', ...ACTIONS], 'function');
const ALL_KEYS: Completion[] = CONDITION_KEYS.map(({ name, kind, several }) => ({
  label: name,
  type: 'variable',
  detail: several ? `${kind}, several values` : kind,
}));

/** Members that fit inside of these. */
function membersIn(around: readonly string[]): Completion[] {
  if (around.length === 0) return plain(DOCUMENT_MEMBERS, 'property');
  const [inner, outer] = [around.at(-1), around.at(-2)];
  if (inner === 'Statement') return plain(STATEMENT_MEMBERS, 'property');
  if (inner === 'Principal' || inner === 'NotPrincipal') return plain(PRINCIPAL_MEMBERS, 'property');
  if (inner === 'Condition') return plain(OPERATORS, 'keyword');
  return outer === 'Condition' ? ALL_KEYS : [];
}

function valuesOf(around: readonly string[], principals: readonly string[]): Completion[] {
  const [inner, outer] = [around.at(-1) ?? '', around.at(-2) ?? ''];
  if (inner === 'Version') return plain(VERSIONS, 'constant');
  if (inner === 'Effect') return plain(EFFECTS, 'constant');
  if (inner === 'Action' || inner === 'NotAction') return ALL_ACTIONS;
  if (inner === 'Resource' || inner === 'NotResource') return plain(['*'], 'constant');
  if (inner === 'AWS' && /Principal$/.test(outer)) return plain(principals, 'class');
  return [];
}

/** `principals` are asked for when they are needed. */
export function completing(principals: () => readonly string[]) {
  return ({ state, pos, explicit }: CompletionContext): CompletionResult | null => {
    const node = syntaxTree(state).resolveInner(pos, -1);
    const text = node.name === 'String' || node.name === 'PropertyName';
    if (!text || pos === node.from || (!explicit && pos === node.from + 1)) return null;
    const around = membersAround(state, node);
    const options = isName(node) ? membersIn(around) : valuesOf(around, principals());
    const closed = state.sliceDoc(node.to - 1, node.to) === '"' && node.to - 1 > node.from;
    return options.length === 0 ? null : { from: node.from + 1, to: closed ? node.to - 1 : pos, options, validFor: /^[\w:*/.-]*$/ };
  };
}

/** A name that is being typed has no value yet: the tree takes it for a text in its place. */
function isName({ name, from, parent }: SyntaxNode): boolean {
  const beginsProperty = parent?.name === 'Property' && parent.firstChild?.from === from;
  return name === 'PropertyName' || beginsProperty || parent?.name === 'Object';
}
