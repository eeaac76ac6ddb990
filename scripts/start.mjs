/** `npm start`: installs, builds, and runs the collector with its dashboard and the embedded engine. */
import { build, checkMachine, install } from './lib.mjs';

checkMachine();
await install();
await build();
await import('../packages/collector/dist/main.js');
