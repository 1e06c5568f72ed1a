// What a browser shows of the playground where it is installed. Its addresses are relative, as everything is.
import type { ManifestOptions } from 'vite-plugin-pwa';

export const MANIFEST: Partial<ManifestOptions> = {
  name: 'pocket-kms playground',
  short_name: 'pocket-kms',
  description: 'A whole AWS KMS in this browser: no account, no server, no cost.',
  lang: 'en',
  start_url: './',
  scope: './',
  display: 'standalone',
  theme_color: '#161d26',
  background_color: '#ffffff',
  categories: ['developer', 'education'],
  icons: [
    { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
    // Without round corners and with room at the edge: systems cut it to their own shape.
    { src: 'icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
  ],
};
