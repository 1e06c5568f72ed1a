/** A world in a file: sealed, written whole or not at all, and used by one server at a time. */

import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { PocketKms } from './node.js';

/** How long a crash may set the world back, in milliseconds. */
const INTERVAL = 5000;

/** The file of a world. Beside it stand `FILE.key`, which opens it, and `FILE.lock` while somebody serves it. */
export class StateFile {
  #path;
  #key;
  #saved;

  constructor(path) {
    this.#path = path;
  }

  /** Takes the file for this process alone. */
  static open(path) {
    if (path === '') throw new Error('the file of a world has no name: say one, such as --state world');
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
      throw new Error(`${path} is a folder: a world is kept in a file, such as ${join(path, 'world')}`);
    }
    const file = new StateFile(path);
    file.#lock();
    try {
      file.#key = file.#rootKey();
    } catch (error) {
      file.close();
      throw error;
    }
    return file;
  }

  /** The world in the file; `undefined` where there is none yet. */
  async restored({ history, proxies, proxyCa }) {
    if (!existsSync(this.#path)) return undefined;
    try {
      return await PocketKms.restore(readFileSync(this.#path), this.#key, { history, proxies, proxyCa });
    } catch (error) {
      const advice = 'put a copy of it there, or begin with another file';
      throw new Error(`${this.#path} cannot be read, and nobody has changed it: ${error.message}; ${advice}`, { cause: error });
    }
  }

  /** Writes the world every few seconds; what it gives writes the world once more and lets the file go. */
  keep(kms, complain) {
    const timer = setInterval(() => {
      try {
        this.#save(kms);
      } catch (error) {
        complain(error);
      }
    }, INTERVAL);
    timer.unref();
    return async () => {
      clearInterval(timer);
      try {
        this.#save(kms);
      } finally {
        this.close();
      }
    };
  }

  /** Lets the file go. */
  close() {
    rmSync(`${this.#path}.lock`, { force: true });
  }

  /** Puts the whole world beside the file, and then in its place: at every moment the file is whole. */
  #save(kms) {
    // Equal worlds have equal snapshots.
    const snapshot = kms.snapshot(this.#key);
    if (this.#saved?.equals(snapshot)) return;
    const beside = `${this.#path}.new`;
    try {
      write(beside, snapshot);
      renameSync(beside, this.#path);
    } catch (error) {
      rmSync(beside, { force: true });
      throw new Error(`the world is not written to ${this.#path}, which stays as it was: ${error.message}`, { cause: error });
    }
    this.#saved = Buffer.from(snapshot.buffer);
  }

  #rootKey() {
    const path = `${this.#path}.key`;
    if (existsSync(path)) {
      const key = readFileSync(path);
      if (key.length === 32) return key;
      throw new Error(`${path} must hold 32 bytes, not ${key.length}: put the key of ${this.#path} there, or begin with another file`);
    }
    if (existsSync(this.#path)) throw new Error(`${this.#path} is sealed under ${path}, which is missing: put it there, or begin with another file`);
    const key = randomBytes(32);
    write(path, key);
    return key;
  }

  #lock() {
    const path = `${this.#path}.lock`;
    for (;;) {
      try {
        return writeFileSync(path, String(process.pid), { flag: 'wx' });
      } catch (error) {
        if (error.code !== 'EEXIST') throw new Error(`a world cannot be kept in ${this.#path}: ${error.message}`, { cause: error });
      }
      const holder = Number(readFileSync(path, 'utf8'));
      const advice = `stop it, or choose another file; if it is another program, remove ${path}`;
      if (lives(holder)) throw new Error(`${this.#path} is served by process ${holder}: ${advice}`);
      rmSync(path, { force: true });
    }
  }
}

function write(path, bytes) {
  const file = openSync(path, 'w', 0o600);
  try {
    writeFileSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Whether a process with this id runs. */
function lives(id) {
  if (!Number.isInteger(id) || id <= 0 || id === process.pid) return false;
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
