import { defineConfig } from 'vite';
import { worldMap } from './world-map.plugin.ts';

export default defineConfig({
  plugins: [worldMap()],
  build: {
    // The collector serves the dashboard with `default-src 'self'`: nothing may be inlined as a data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // `vite` alone serves the dashboard with hot reload against a collector on its default port.
  server: { proxy: { '/api': 'http://localhost:4321' } },
});
