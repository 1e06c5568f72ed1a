// The page's side of a world that is elsewhere: its methods are questions, and its status can be watched.
import type {
  Denial,
  ExportFormat,
  Exported,
  Explanation,
  Exposure,
  ExposureOptions,
  LeastPrivilegeOptions,
  Loaded,
  LoadOptions,
  ProxyLogEntry,
  QuotaUsage,
  SimulateOptions,
  WhoCan,
  WhoCanOptions,
} from 'pocket-kms';
import type { Directory } from '../kms/directory';
import type { Finding, PolicyKind } from '../kms/finding';
import type { OwnerAct, StoresEntries, StoresSetup } from '../kms/stores-setup';
import type { Files } from '../kms/templates';
import { recorded } from '../as-code/record';
import { inputOf } from './asked';
import { CallLog } from './calls';
import type { Input, Operation, Output } from './operations';
import type {
  Answer,
  AuditQuestion,
  Beginning,
  FaultRule,
  FirstCall,
  FaultWish,
  JournalEntry,
  Place,
  Service,
  Settings,
  MadeCall,
  Turn,
  WorldClient,
} from './protocol';
import { refusal } from './refusal';
import { JournalCopy, Watched, worldTime } from './watched';

export abstract class AskingClient implements WorldClient {
  #journal = new JournalCopy();
  protected readonly watched = new Watched();

  readonly status = this.watched.status;
  readonly watch = this.watched.watch;
  readonly calls = new CallLog();

  /** Asks the world, wherever it is. */
  protected abstract ask<T>(method: keyof Service, ...args: unknown[]): Promise<T>;

  async call<O extends Operation>(
    operation: O,
    input: Input<O>,
    place: Place,
    hear?: (told: MadeCall) => void,
  ): Promise<Output<O>> {
    const enter = (decisions: MadeCall['decisions'], { requestId, code, output }: { requestId: string | undefined; code?: string; output?: Output<O> }) => {
      const asked = { operation, input: inputOf(operation, input, place), output, place, refused: code };
      const told = this.calls.add({ operation, place, time: this.#now(), code, decisions, requestId, acted: hear !== undefined, recorded: recorded(asked) });
      hear?.(told);
      return told;
    };
    try {
      const { output, decisions, requestId } = await this.ask<Answer<O>>('call', operation, input, place);
      enter(decisions, { requestId, output });
      return output;
    } catch (thrown) {
      const refused = refusal(thrown);
      refused.told = enter(refused.decisions, { requestId: refused.requestId, code: refused.code });
      throw refused;
    }
  }

  denials(): Promise<Denial[]> {
    return this.ask('denials');
  }

  directory(): Promise<Directory> {
    return this.ask('directory');
  }

  register(entries: Directory): Promise<void> {
    return this.ask('register', entries);
  }

  stores(): Promise<StoresSetup> {
    return this.ask('stores');
  }

  registerStores(entries: StoresEntries): Promise<void> {
    return this.ask('registerStores', entries);
  }

  onCluster(id: string, act: OwnerAct): Promise<unknown> {
    return this.ask('onCluster', id, act);
  }

  onProxy(name: string, act: OwnerAct): Promise<unknown> {
    return this.ask('onProxy', name, act);
  }

  proxyLog(name: string, after: number): Promise<ProxyLogEntry[]> {
    return this.ask('proxyLog', name, after);
  }

  whoCan(actions: readonly string[], key: string, options: WhoCanOptions, first?: FirstCall): Promise<WhoCan[]> {
    return this.ask('whoCan', actions, key, options, first);
  }

  exposure(key: string, options: ExposureOptions): Promise<Exposure> {
    return this.ask('exposure', key, options);
  }

  simulate(operation: Operation, input: object, options: SimulateOptions): Promise<Explanation> {
    return this.ask('simulate', operation, input, options);
  }

  lint(text: string, kind: PolicyKind, account: string): Promise<Finding[]> {
    return this.ask('lint', text, kind, account);
  }

  tryTemplate(files: Files, options: LoadOptions): Promise<Loaded> {
    return this.ask('tryTemplate', files, options);
  }

  loadTemplate(files: Files, options: LoadOptions): Promise<Loaded> {
    return this.ask('loadTemplate', files, options);
  }

  exportAs(format: ExportFormat): Promise<Exported> {
    return this.ask('exportAs', format);
  }

  rehearse<O extends Operation>(operation: O, input: Input<O>, place: Place): Promise<void> {
    return this.ask('rehearse', operation, input, place);
  }

  audit(question: AuditQuestion, members: object): Promise<unknown> {
    return this.ask('audit', question, members);
  }

  leastPrivilegeAs(format: ExportFormat, principal: string, options: LeastPrivilegeOptions): Promise<Exported> {
    return this.ask('leastPrivilegeAs', format, principal, options);
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

  begin(beginning: Beginning): Promise<void> {
    return this.ask('begin', beginning);
  }

  seal(passphrase: string): Promise<Uint8Array> {
    return this.ask('seal', passphrase);
  }

  reset(): Promise<void> {
    return this.ask('reset');
  }

  #now(): number {
    const status = this.status();
    return status.phase === 'open' ? worldTime(status.clock, Date.now()) : Date.now();
  }
}
