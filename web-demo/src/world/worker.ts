// The worker of a tab.
import { expose } from 'comlink';
import { Browser } from './browser';
import { Host } from './host';
import { fleetingSlots } from './slots';
import { Tabs } from './tabs';

/** Who named the worker so wants a world that no other tab sees, and that ends with the page. */
expose(self.name === 'fleeting' ? new Host(new Browser(() => Promise.resolve(fleetingSlots()))) : new Tabs());
