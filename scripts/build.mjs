/** `node scripts/build.mjs`: installs and builds what has changed since the last time. */
import { build, checkMachine, install } from './lib.mjs';

checkMachine();
await install();
await build();
