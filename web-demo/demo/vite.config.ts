// Bundles the demo's server, which shares its world layer with the page; what npm has installed stays outside.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  build: { ssr: 'main.ts', target: 'node20', outDir: 'dist' },
  ssr: { external: ['pocket-kms'] },
});
