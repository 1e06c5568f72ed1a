// YAML as templates write it: blocks for what has members, and texts in the quotes of JSON, which YAML shares.

/** A function of CloudFormation in its short form, such as `!Ref Key`. */
export class Intrinsic {
  constructor(
    readonly name: string,
    readonly argument: string,
  ) {}
}

export type Node = string | number | boolean | null | Intrinsic | readonly Node[] | Mapping;

export interface Mapping {
  readonly [name: string]: Node | undefined;
}

/** Needs no quotes, and is neither a number nor a word that YAML reads as something else. */
const PLAIN = /^[A-Za-z][\w:/.-]*[\w]$/;
const READ_OTHERWISE = /^(true|false|yes|no|on|off|null|y|n)$/i;

export function yaml(node: Node, indent = ''): string {
  if (node instanceof Intrinsic) return ` !${node.name} ${node.argument}\n`;
  if (isNodes(node)) return node.length === 0 ? ' []\n' : `\n${node.map((part) => `${indent}-${item(part, indent)}`).join('')}`;
  if (node === null || typeof node !== 'object') return ` ${scalar(node)}\n`;
  const members = Object.entries(node).filter((member): member is [string, Node] => member[1] !== undefined);
  if (members.length === 0) return ' {}\n';
  return `\n${members.map(([name, part]) => `${indent}${scalar(name)}:${yaml(part, `${indent}  `)}`).join('')}`;
}

/** The first member of a mapping stands beside the dash. */
function item(part: Node, indent: string): string {
  const inner = `${indent}  `;
  return yaml(part, inner).replace(new RegExp(`^\n${inner}`), ' ');
}

function scalar(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return String(value);
  return PLAIN.test(value) && !READ_OTHERWISE.test(value) && !value.endsWith(':') ? value : JSON.stringify(value);
}

function isNodes(node: Node): node is readonly Node[] {
  return Array.isArray(node);
}
