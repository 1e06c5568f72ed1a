// Builds static files with relative addresses: `dist` works under any path of any server.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  // The package finds its WebAssembly beside itself; pre-bundling would move it away from there.
  optimizeDeps: { exclude: ['pocket-kms'] },
  // In development the package is served from its own folder beside this one.
  server: { fs: { allow: ['..'] } },
  build: { target: 'es2022', chunkSizeWarningLimit: 1200 },
});
