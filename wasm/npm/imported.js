/** Records that files have brought into a world. */

import { bytesOf } from './bytes.js';
import { Recorded } from './recorded.js';

const UTF_8 = new TextDecoder('utf-8', { fatal: true });

/** How many sets of this process have no name of their own. */
let sets = 0;

/** A set of records of files, which are asked like those of the world. */
export class Imported extends Recorded {
  constructor(host, files, name) {
    super(host, files, name);
    /** The name of the set. */
    this.name = name;
    /** How many records of KMS the files have brought, and how many of other services they had. */
    this.added = 0;
    this.skipped = 0;
  }

  /** Brings files, which are texts or bytes by their names. Where one cannot be read, a new set is gone again. */
  static async read(host, source, files, name) {
    const set = new Imported(host, files, name ?? `import-${(sets += 1)}`);
    try {
      for await (const [path, content] of source) set.#add(path, content);
    } catch (error) {
      if (name === undefined) set.forget();
      throw error;
    }
    return set;
  }

  #add(path, content) {
    try {
      const text = typeof content === 'string' ? content : UTF_8.decode(bytesOf(content, 'a file that is not text'));
      const { added, skipped } = this.ask('import', { into: this.name, of: undefined, files: [text] });
      this.added += added;
      this.skipped += skipped;
    } catch (cause) {
      throw new Error(`${path} is not a file of records: ${cause.message}`, { cause });
    }
  }

  /** Frees them. */
  forget() {
    this.ask('import', { into: this.name, of: undefined, forget: true });
  }
}
