#!/usr/bin/env node
/** `passerby` of the npm package: what `npm start` runs, and all its commands, from what `npm pack` has put beside it. */
import { checkMachine } from '../packed/scripts/machine.mjs';

checkMachine();
await import('../packed/packages/collector/dist/main.js');
