/** pocket-kms in Node. */

import { accessSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

import { marked } from './mark.js';
import { NATIVE } from './native.js';
import { known } from './options.js';
import { PocketKms as World } from './pocket-kms.js';
import { serve } from './serve.js';
import { filesOf } from './template-files.js';

export { KmsError } from './error.js';

/** A world of KMS in memory, which Node can also put behind a port. */
export class PocketKms extends World {
  /** The bytes of each build of the module; the rest is read when a call needs it. */
  static builds = {
    baseline: () => build(
      new URL('./pkg/pocket_kms_bg.wasm', import.meta.url),
      new URL('./pkg/pocket_kms_rest.wasm', import.meta.url),
    ),
    'wide-arithmetic': () => build(
      new URL('./pkg/wide/pocket_kms_bg.wasm', import.meta.url),
      new URL('./pkg/wide/pocket_kms_rest.wasm', import.meta.url),
    ),
  };

  /** The bytes of the module of templates. */
  static templates = () => readFile(new URL('./pkg/templates/pocket_kms_bg.wasm', import.meta.url));

  /** A template is its text by the name of its file, a path, or several. */
  static async files(template) {
    const isPath = typeof template === 'string' || Array.isArray(template) || template instanceof URL;
    return isPath ? filesOf(template) : super.files(template);
  }

  /** What reads and writes files of records. */
  static auditFiles = () => import('./audit-files.js');

  /** The cryptography that this host lends to the core. */
  static native = NATIVE;

  /** What sends requests to the proxies of external key stores; `undefined` where no endpoint is allowed. */
  static async proxies({ proxies, proxyCa }) {
    if (proxies === undefined && proxyCa === undefined) return undefined;
    if (proxies === undefined) throw new TypeError('proxyCa is for the proxies that are allowed: name them by proxies');
    const { ProxyHost } = await import('./proxy-host.js');
    return new ProxyHost(proxies, proxyCa);
  }

  /** Answers any AWS SDK, CLI or tool at `http://host:port`: a free one of this machine alone, unless the options say more. With `tls`, it is `https`. */
  async serve(options = {}) {
    known('serve', options, ['port', 'host', 'tls', 'cors', 'openAdministration', 'log']);
    return serve(World.hostOf(this), options);
  }

  /** Answers as the proxies of external key stores that are registered, below their prefixes; KMS itself stays closed. */
  async serveProxies(options = {}) {
    known('serveProxies', options, ['port', 'host', 'tls', 'openAdministration', 'log']);
    return serve(World.hostOf(this), { ...options, onlyProxies: true });
  }
}

marked(PocketKms, 'PocketKms');

function build(first, rest) {
  // A call that needs the rest is too late to be told that it is missing.
  accessSync(rest);
  return { first: readFile(first), rest: () => readFileSync(rest) };
}
