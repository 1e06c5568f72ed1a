// Words of a shell: plain text in quotes where it needs them, and variables.

/** A variable of the shell within a word. */
export class Variable {
  constructor(readonly name: string) {}
}

export type Word = readonly (string | Variable)[];

/** Needs no quotes in any shell, nor with the AWS CLI. */
const PLAIN = /^[\w/:.,@%+=-]+$/;

export function quoted(word: Word): string {
  const parts = word.filter((part) => part !== '');
  if (parts.length === 0) return "''";
  return parts.map((part) => (part instanceof Variable ? `"$${part.name}"` : text(part, parts.length === 1))).join('');
}

function text(text: string, isWhole: boolean): string {
  if (isWhole && PLAIN.test(text)) return text;
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
