// A world in a worker of this page.
import { proxy, wrap } from 'comlink';
import { clientOf } from './client';
import type { Door, WorldClient } from './protocol';
import { Unanswered } from './unanswered';
import { Watched } from './watched';

export function worldInWorker(worker: Worker): WorldClient {
  const watched = new Watched();
  const unanswered = new Unanswered();
  const door = wrap<Door>(worker);
  worker.onerror = ({ message }) => {
    watched.tell({ phase: 'broken', reason: message });
    unanswered.refuse(message);
  };
  void door.watch(proxy(watched.tell));
  return clientOf((method, args) => unanswered.wait(door.ask(method, args)), watched);
}
