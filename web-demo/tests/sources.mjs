// The sources of the playground as modules of Node, for tests that need no browser.
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

/** Has `take` load what the tests of a file need, before the first of them: modules by their paths, such as `/src/world/world.ts`. */
export function withSources(take) {
  let vite;
  before(async () => {
    vite = await createServer({
      root: fileURLToPath(new URL('..', import.meta.url)),
      configFile: false,
      logLevel: 'error',
      server: { middlewareMode: true, ws: false },
      optimizeDeps: { noDiscovery: true },
    });
    await take((path) => vite.ssrLoadModule(path));
  });
  after(() => vite.close());
}
