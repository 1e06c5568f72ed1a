// The page's side of a world that is elsewhere: its methods are questions, and its status can be watched.
import type { QuotaUsage } from 'pocket-kms';
import type { Input, Operation, Output } from './operations';
import type { FaultRule, FaultWish, JournalEntry, Place, Service, Settings, Turn, WorldClient } from './protocol';
import { JournalCopy, Watched } from './watched';

export abstract class AskingClient implements WorldClient {
  #journal = new JournalCopy();
  protected readonly watched = new Watched();

  readonly status = this.watched.status;
  readonly watch = this.watched.watch;

  /** Asks the world, wherever it is. */
  protected abstract ask<T>(method: keyof Service, ...args: unknown[]): Promise<T>;

  call<O extends Operation>(operation: O, input: Input<O>, place: Place): Promise<Output<O>> {
    return this.ask('call', operation, input, place);
  }

  rehearse<O extends Operation>(operation: O, input: Input<O>, place: Place): Promise<void> {
    return this.ask('rehearse', operation, input, place);
  }

  turn(turn: Turn): Promise<void> {
    return this.ask('turn', turn);
  }

  journal(): Promise<readonly JournalEntry[]> {
    return this.#journal.upToDate(this.status(), (after) => this.ask('journal', after));
  }

  faults(): Promise<FaultRule[]> {
    return this.ask('faults');
  }

  addFault(wish: FaultWish): Promise<void> {
    return this.ask('addFault', wish);
  }

  removeFault(id: number): Promise<void> {
    return this.ask('removeFault', id);
  }

  quotas(account: string, region: string): Promise<QuotaUsage[]> {
    return this.ask('quotas', account, region);
  }

  settings(): Promise<Settings> {
    return this.ask('settings');
  }

  set(settings: Record<string, number | null>): Promise<void> {
    return this.ask('set', settings);
  }

  reset(): Promise<void> {
    return this.ask('reset');
  }
}
