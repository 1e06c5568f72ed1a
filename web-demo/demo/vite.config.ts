// Bundles the demo's server, which shares its world layer with the page, with all that it needs but the npm package.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist',
    // The npm package ships `serve`, and the licences of what is in it.
    rolldownOptions: { input: ['main.ts', 'serve.ts'] },
    license: { fileName: 'LICENSE-THIRD-PARTY.md' },
  },
  ssr: { external: ['pocket-kms'], noExternal: true },
});
