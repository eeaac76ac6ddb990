/** `node scripts/build.mjs`: installs and builds what has changed since the last time; with `--examples`, for the tests too. */
import { build, checkMachine, install } from './lib.mjs';

checkMachine();
await install({ examples: process.argv.includes('--examples') });
await build();
