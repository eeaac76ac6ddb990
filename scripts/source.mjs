/** Runs a program of this folder from source, once what it needs is installed: `node scripts/source.mjs dev/index.ts`. */
import { checkMachine, install } from './lib.mjs';

checkMachine();
await install();
const [program] = process.argv.splice(2, 1);
await import('tsx');
await import(new URL(program, import.meta.url).href);
