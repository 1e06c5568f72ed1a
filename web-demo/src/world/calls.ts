// The last calls of a page, with the decisions on each: what was allowed can be asked why as well as what was refused.
import type { Calls, MadeCall } from './protocol';

/** Older calls are forgotten. */
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

  add(call: Omit<MadeCall, 'number'>): MadeCall {
    this.#number += 1;
    const told = { ...call, number: this.#number };
    this.#list = [...this.#list, told].slice(-MOST);
    for (const watcher of this.#watchers) watcher();
    return told;
  }
}
