/** CommonJS programs load the same modules: there is one copy of each class, and one of the WebAssembly module. */

'use strict';

let loaded;
const loading = import('./node.js').then((module) => (loaded = module));
// Whoever calls `create` learns why loading failed.
loading.catch(() => {});

/** Makes worlds; they are of the very class that ES modules import. */
exports.PocketKms = class PocketKms {
  constructor() {
    throw new TypeError('use `await PocketKms.create()`');
  }

  static async create(options) {
    return (await loading).PocketKms.create(options);
  }

  static async restore(bytes, rootKey, options) {
    return (await loading).PocketKms.restore(bytes, rootKey, options);
  }

  static get build() {
    return loaded?.PocketKms.build;
  }

  static [Symbol.hasInstance](value) {
    return value?.[Symbol.for('pocket-kms.PocketKms')] === true;
  }
};

/** What a refused call throws, for `instanceof`. */
exports.KmsError = class KmsError extends Error {
  static [Symbol.hasInstance](value) {
    return value?.[Symbol.for('pocket-kms.KmsError')] === true;
  }
};
