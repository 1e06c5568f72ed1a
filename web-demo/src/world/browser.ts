// Worlds of a browser, which outlive the page in its storage.
import { PocketKms } from 'pocket-kms';
import type { Source } from './host';
import { Storage } from './storage';
import { World } from './world';

/** The event history outlives the page, too. It is stored with every change: the usual number would take its time. */
const RECORDS = { kept: 2000, inSnapshots: true };

export class Browser implements Source {
  #storage: Storage | undefined;

  async open(): Promise<World> {
    const storage = (this.#storage ??= await Storage.open());
    const { snapshot, rootKey, journal } = await storage.load();
    const options = { audit: RECORDS };
    const kms = snapshot ? await PocketKms.restore(snapshot, rootKey, options) : await PocketKms.create(options);
    return new World(kms, { journal, api: null, keep: (entries) => storage.save(kms.snapshot(rootKey), entries) });
  }

  async clear(): Promise<void> {
    await this.#storage?.clear();
  }
}
