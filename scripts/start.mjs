/** `npm start`: installs, builds, and runs the collector with its dashboard and the embedded engine. */
await import('./build.mjs');
await import('../packages/collector/dist/main.js');
