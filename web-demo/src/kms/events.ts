// Events of EventBridge, as a page reads them.
import type { WorldClient } from '../world/protocol';
import type { Where } from './metrics';

export interface BusEvent {
  id: string;
  'detail-type': string;
  source: string;
  account: string;
  time: string;
  region: string;
  resources: readonly string[];
  /** Of a call, its record. */
  detail: { eventName?: string; eventID?: string; 'key-id'?: string };
}

/** Rules that ask for it get what only reads, too. */
export type RuleState = 'ENABLED' | 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';

interface Page {
  events: BusEvent[];
  next: number;
  more: boolean;
}

/** All events that can still be told, oldest first. */
export async function busEvents(client: WorldClient, where: Where, ruleState: RuleState): Promise<BusEvent[]> {
  const found: BusEvent[] = [];
  let page: Partial<Page> = { more: true };
  while (page.more) {
    page = (await client.audit('events', { ...where, ruleState, after: page.next ?? 0 })) as Page;
    found.push(...(page.events ?? []));
  }
  return found;
}
