/** CommonJS programs load the same modules: there is one copy of each class, and one of the WebAssembly module. */

'use strict';

let loaded;
const loading = import('./node.js').then((module) => (loaded = module));
// The caller of `create` learns why loading failed.
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

/** The error of a refused call, for `instanceof`. */
exports.KmsError = class KmsError extends Error {
  static [Symbol.hasInstance](value) {
    return value?.[Symbol.for('pocket-kms.KmsError')] === true;
  }
};
