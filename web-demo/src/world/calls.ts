// The last calls of a page, with the decisions on each: what was allowed can be asked why as well as what was refused.
import type { Calls, MadeCall } from './protocol';

/** Older calls are forgotten: those that a page has made for what it shows, before what a person has done. */
const MOST = 500;

export class CallLog implements Calls {
  #list: readonly MadeCall[] = [];
  #number = 0;
  #watchers = new Set<() => void>();

  readonly list = (): readonly MadeCall[] => this.#list;

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** They were calls of another world. */
  forget(): void {
    this.#list = [];
    this.#tell();
  }

  add(call: Omit<MadeCall, 'number'>): MadeCall {
    this.#number += 1;
    const told = { ...call, number: this.#number };
    this.#list = shortened([...this.#list, told]);
    this.#tell();
    return told;
  }

  #tell(): void {
    for (const watcher of this.#watchers) watcher();
  }
}

function shortened(calls: MadeCall[]): MadeCall[] {
  if (calls.length <= MOST) return calls;
  const least = calls.findIndex(({ acted }) => !acted);
  calls.splice(Math.max(0, least), 1);
  return calls;
}
