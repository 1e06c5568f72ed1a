/** Does this, with these members; gives what comes of it. `tests/cases/README.md` has the table of what can be done. */
export declare function outside(act: string, input: Record<string, unknown>): Promise<Record<string, unknown>>;
