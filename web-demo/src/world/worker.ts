// The worker of a tab.
import { Browser } from './browser';
import { Host } from './host';
import type { Message, Request, Status } from './protocol';
import { fleetingSlots } from './slots';
import { Tabs } from './tabs';

const announce = (status: Status) => send({ kind: 'status', status });

/** Who named the worker so wants a world that no other tab sees, and that ends with the page. */
const tabs = self.name === 'fleeting' ? new Host(new Browser(() => Promise.resolve(fleetingSlots())), announce) : new Tabs(announce);

self.onmessage = ({ data }: MessageEvent<Request>) => {
  void tabs.answer(data).then(send);
};

function send(message: Message): void {
  self.postMessage(message);
}
