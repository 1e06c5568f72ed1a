// A world in a worker of this page.
import { proxy, wrap } from 'comlink';
import { words } from '../words';
import { clientOf } from './client';
import type { Door, WorldClient } from './protocol';
import { Unanswered } from './unanswered';
import { Watched } from './watched';

export function worldInWorker(worker: Worker): WorldClient {
  const watched = new Watched();
  const unanswered = new Unanswered();
  const door = wrap<Door>(worker);
  worker.onerror = ({ message }: Partial<ErrorEvent>) => {
    // A script that does not come has no message.
    const reason = message || words.notLoaded.noWorker;
    watched.tell({ phase: 'broken', reason, isHarmless: !message });
    unanswered.refuse(reason);
  };
  void door.watch(proxy(watched.tell));
  return clientOf((method, args) => unanswered.wait(door.ask(method, args)), watched);
}
