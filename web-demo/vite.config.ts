// Builds static files with relative addresses: `dist` works under any path of any server, and without one after a visit.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { lessonHeads } from './lesson-heads';
import { MANIFEST } from './manifest-config';

/** In bytes: larger than each WebAssembly module, also of a quick build. A page without a network needs it, too. */
const LARGEST = 20_000_000;

const offline = VitePWA({
  manifest: MANIFEST,
  // The page registers the service worker itself, once the world is open: what is fetched for later must not delay it.
  injectRegister: null,
  // Who has the page open decides when the next version comes.
  registerType: 'prompt',
  workbox: {
    globPatterns: ['**/*.{html,js,css,wasm,svg,png}'],
    maximumFileSizeToCacheInBytes: LARGEST,
    cleanupOutdatedCaches: true,
    // What stands behind `?`, such as `embed`, is for the page and does not name another file.
    ignoreURLParametersMatching: [/./],
    // Another page below the same path is not ours.
    navigateFallback: null,
  },
});

export default defineConfig({
  base: './',
  plugins: [react(), lessonHeads(), offline],
  worker: { format: 'es' },
  // The package finds its WebAssembly beside itself; pre-bundling would move it away from there.
  optimizeDeps: { exclude: ['pocket-kms'] },
  // In development the package is served from its own folder beside this one.
  server: { fs: { allow: ['..'] } },
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 1200,
    // Who passes on the folder passes on the licences of what is in it.
    license: { fileName: 'LICENSE-THIRD-PARTY.md' },
  },
});
