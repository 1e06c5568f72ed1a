// The worker of a tab.
import { expose } from 'comlink';
import { Browser } from './browser';
import { Host } from './host';
import { performAside } from './perform-aside';
import { fleetingSlots } from './slots';
import { Tabs } from './tabs';

/** Its world is seen by no other tab, and ends with the page. */
function fleeting(): Host {
  const slots = fleetingSlots();
  return new Host(new Browser(() => Promise.resolve(slots), performAside));
}

// Who has named the worker so wants such a one.
expose(self.name === 'fleeting' ? fleeting() : new Tabs());
