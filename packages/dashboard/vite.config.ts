import { defaultClientConditions, defineConfig } from 'vite';
import { proxyTo } from './collector-proxy.ts';
import { firstPaint } from './first-paint.plugin.ts';
import { messages } from './messages.plugin.ts';
import { worldMap } from './world-map.plugin.ts';

export default defineConfig({
  // Assets find each other by where they are; the collector writes whole paths into the page (static/placed-html.ts).
  base: './',
  plugins: [messages(), firstPaint(), worldMap()],
  // What both keep is taken from the collector's source.
  resolve: { conditions: ['passerby-source', ...defaultClientConditions] },
  build: {
    // The collector serves the dashboard with `default-src 'self'`: nothing may be inlined as a data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // One file holds all that every page needs. Cut along the screens that are loaded later, it would be thirty.
      output: { codeSplitting: { groups: [{ name: 'passerby', tags: ['$initial'] }] } },
    },
  },
  // The page of `dev/` needs no other packages, and the scan does not find its way in it.
  optimizeDeps: { entries: ['index.html'] },
  // `vite` alone serves the dashboard with hot reload against a collector on its default port.
  server: { proxy: proxyTo('http://localhost:4321') },
});
