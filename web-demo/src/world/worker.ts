// The worker of a tab.
import type { Message, Request } from './protocol';
import { Tabs } from './tabs';

const tabs = new Tabs((status) => send({ kind: 'status', status }));

self.onmessage = ({ data }: MessageEvent<Request>) => {
  void tabs.answer(data).then(send);
};

function send(message: Message): void {
  self.postMessage(message);
}
